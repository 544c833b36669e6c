package dev.supcon.runner.optim;

import dev.supcon.runner.torchscript.Argument;
import java.util.List;

/**
 * Stochastic gradient descent by PyTorch's rule: {@code v ← μ v + (g + λ w)}, {@code w ← w - lr ·
 * v}, Nesterov's {@code w ← w - lr · (g + λ w + μ v)} ({@code torch/optim/sgd.py}, dampening 0).
 * The momentum starts at 0, which gives PyTorch's first step. Its fused kernel reads and writes
 * each value once.
 */
record SgdRule(double momentum, boolean nesterov) implements UpdateRule {

  @Override
  public String script() {
    return """
    def step(self, w: List[Tensor], g: List[Tensor], v: List[Tensor], decay: float, momentum: float, rate: float, nesterov: int) -> Tensor:
      _0 = torch._fused_sgd_(w, g, v, weight_decay=decay, momentum=momentum, lr=rate, dampening=0., nesterov=bool(nesterov), maximize=False, is_first_step=False)
      _1 = torch._foreach_zero_(g)
      return w[0]
    """;
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("momentum", 0));
  }

  @Override
  public List<Argument> numbers(Step step) {
    return List.of(
        Argument.of(step.decay()),
        Argument.of(momentum),
        Argument.of(step.rate()),
        Argument.of(nesterov ? 1L : 0L));
  }
}
