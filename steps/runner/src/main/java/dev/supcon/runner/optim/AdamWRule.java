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
    def step(self, w: List[Tensor], g: List[Tensor], m: List[Tensor], s: List[Tensor], decay: float, beta1: float, beta2: float, epsilon: float, rate: float, number: int) -> Tensor:
      none = annotate(List[Tensor], [])
      steps = torch.new_full(w[0], [], float(number), dtype=6)
      numbers = annotate(List[Tensor], [])
      for i in range(torch.len(w)):
        _0 = torch.append(numbers, steps)
      _1 = torch._fused_adamw_(w, g, m, s, none, numbers, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
      _2 = torch._foreach_zero_(g)
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
    return List.of(
        Argument.of(step.decay()),
        Argument.of(beta1),
        Argument.of(beta2),
        Argument.of(epsilon),
        Argument.of(step.rate()),
        Argument.of(step.number()));
  }
}
