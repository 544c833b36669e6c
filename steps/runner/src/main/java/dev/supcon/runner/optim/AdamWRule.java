package dev.supcon.runner.optim;

import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.runner.torchscript.Argument;
import java.util.List;

/**
 * Adam with decoupled weight decay by PyTorch's rule ({@code torch/optim/adamw.py}): {@code w ← (1
 * - lr λ) w}, {@code m ← β₁ m + (1 - β₁) g}, {@code s ← β₂ s + (1 - β₂) g²}, {@code w ← w - lr · m
 * / (1 - β₁ᵗ) / (√(s / (1 - β₂ᵗ)) + ε)}.
 */
record AdamWRule(double beta1, double beta2, double epsilon) implements UpdateRule {
  /** PyTorch's default. */
  private static final double EPSILON = 1e-8;

  static AdamWRule of(OptimizerSpec spec) {
    double epsilon = spec.epsilon() == null ? EPSILON : spec.epsilon();
    return new AdamWRule(spec.beta1(), spec.beta2(), epsilon);
  }

  @Override
  public String script() {
    return """
    def step(self, w: List[Tensor], g: List[Tensor], m: List[Tensor], s: List[Tensor], shrink: float, beta1: float, beta2: float, correction: float, epsilon: float, rate: float) -> Tensor:
      _0 = torch._foreach_mul_(w, shrink)
      _1 = torch._foreach_lerp_(m, g, 1. - beta1)
      _2 = torch._foreach_mul_(s, beta2)
      _3 = torch._foreach_addcmul_(s, g, g, 1. - beta2)
      root = torch._foreach_sqrt(s)
      _4 = torch._foreach_div_(root, correction)
      _5 = torch._foreach_add_(root, epsilon)
      _6 = torch._foreach_addcdiv_(w, m, root, rate)
      _7 = torch._foreach_zero_(g)
      return w[0]
    """;
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("meanGradient", 0), new Slot("meanSquare", 0));
  }

  @Override
  public boolean counts() {
    return true;
  }

  @Override
  public List<Argument> numbers(Step step) {
    double number = step.number();
    double first = 1 - StrictMath.pow(beta1, number);
    double second = 1 - StrictMath.pow(beta2, number);
    return List.of(
        Argument.of(1 - step.rate() * step.decay()),
        Argument.of(beta1),
        Argument.of(beta2),
        Argument.of(StrictMath.sqrt(second)),
        Argument.of(epsilon),
        Argument.of(-step.rate() / first));
  }
}
