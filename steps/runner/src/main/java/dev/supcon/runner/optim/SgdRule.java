package dev.supcon.runner.optim;

import dev.supcon.runner.torchscript.Argument;
import java.util.List;

/**
 * Stochastic gradient descent by PyTorch's rule: {@code v ← μ v + (g + λ w)}, {@code w ← w - lr ·
 * v}, Nesterov's {@code w ← w - lr · (g + λ w + μ v)} ({@code torch/optim/sgd.py}, dampening 0).
 * The momentum starts at 0, which gives PyTorch's first step.
 */
record SgdRule(double momentum, boolean nesterov) implements UpdateRule {

  @Override
  public String script() {
    return """
    def step(self, w: List[Tensor], g: List[Tensor], v: List[Tensor], decay: float, momentum: float, rate: float) -> Tensor:
      _0 = torch._foreach_add_(g, w, alpha=decay)
      _1 = torch._foreach_mul_(v, momentum)
      _2 = torch._foreach_add_(v, g, alpha=1)
      _3 = torch._foreach_add_(w, v, alpha=rate)
      _4 = torch._foreach_zero_(g)
      return w[0]

    def nesterov(self, w: List[Tensor], g: List[Tensor], v: List[Tensor], decay: float, momentum: float, rate: float) -> Tensor:
      _0 = torch._foreach_add_(g, w, alpha=decay)
      _1 = torch._foreach_mul_(v, momentum)
      _2 = torch._foreach_add_(v, g, alpha=1)
      _3 = torch._foreach_add_(g, v, alpha=momentum)
      _4 = torch._foreach_add_(w, g, alpha=rate)
      _5 = torch._foreach_zero_(g)
      return w[0]
    """;
  }

  @Override
  public String function() {
    return nesterov ? "nesterov" : "step";
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("momentum", 0));
  }

  @Override
  public List<Argument> numbers(Step step) {
    return List.of(Argument.of(step.decay()), Argument.of(momentum), Argument.of(-step.rate()));
  }
}
