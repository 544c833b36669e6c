package dev.supcon.runner.optim;

import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.runner.torchscript.Argument;
import java.util.List;

/**
 * RMSProp by TensorFlow 1's rule ({@code tensorflow/python/training/rmsprop.py}): {@code s ← ρ s +
 * (1 - ρ) u²}, which starts at 1, {@code v ← μ v + lr · u / √(s + ε)}, {@code w ← w - v}, with
 * {@code u = g + λ w}. PyTorch's starts at 0, has ε outside the root, and its learning rate outside
 * the momentum.
 */
record RmsPropRule(double decay, double momentum, double epsilon) implements UpdateRule {
  /** The paper's ImageNet scripts, second stage. */
  private static final double EPSILON = 1e-3;

  static RmsPropRule of(OptimizerSpec spec) {
    double epsilon = spec.epsilon() == null ? EPSILON : spec.epsilon();
    return new RmsPropRule(spec.decay(), spec.momentum(), epsilon);
  }

  @Override
  public String script() {
    return """
    def step(self, w: List[Tensor], g: List[Tensor], s: List[Tensor], v: List[Tensor], l2: float, decay: float, momentum: float, epsilon: float, rate: float) -> Tensor:
      _0 = torch._foreach_add_(g, w, alpha=l2)
      _1 = torch._foreach_mul_(s, decay)
      _2 = torch._foreach_addcmul_(s, g, g, 1. - decay)
      root = torch._foreach_add(s, epsilon)
      _3 = torch._foreach_sqrt_(root)
      _4 = torch._foreach_mul_(v, momentum)
      _5 = torch._foreach_addcdiv_(v, g, root, rate)
      _6 = torch._foreach_sub_(w, v, alpha=1)
      _7 = torch._foreach_zero_(g)
      return w[0]
    """;
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("meanSquare", 1), new Slot("momentum", 0));
  }

  @Override
  public List<Argument> numbers(Step step) {
    return List.of(
        Argument.of(step.decay()),
        Argument.of(decay),
        Argument.of(momentum),
        Argument.of(epsilon),
        Argument.of(step.rate()));
  }
}
