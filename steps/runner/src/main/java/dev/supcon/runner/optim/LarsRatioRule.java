package dev.supcon.runner.optim;

import dev.supcon.contract.spec.LarsRule;
import dev.supcon.runner.torchscript.Argument;
import java.util.List;

/**
 * Layer-wise adaptive rate scaling: the step of each tensor is in proportion to its norm, with the
 * trust ratio {@code η ‖w‖ / ‖u‖}, which is 1 where a norm is 0 or the tensor is not adapted.
 *
 * <p>Classic, the paper's TensorFlow code ({@code supcon/utils.py}): {@code u = g + λ w}, {@code v
 * ← μ v + lr · ratio · u}, {@code w ← w - v}. After the momentum, the same code with {@code
 * classic_momentum} off: {@code v ← μ v + g + λ w}, {@code u = v}, {@code w ← w - lr · ratio · v}.
 * Article (You et al. 2017, algorithm 1): as classic, with {@code ‖g‖ + λ ‖w‖} for {@code ‖u‖}.
 */
record LarsRatioRule(LarsRule variant, double momentum, double trust) implements UpdateRule {

  @Override
  public String script() {
    return """
    def ratios(self, w: List[Tensor], u: List[Tensor], trust: float, decay: float) -> List[Tensor]:
      wn = torch.stack(torch._foreach_norm(w, 2))
      un = torch.stack(torch._foreach_norm(u, 2))
      both = torch.logical_and(torch.gt(wn, 0), torch.gt(un, 0))
      ratio = torch.div(torch.mul(wn, trust), torch.add(un, wn, alpha=decay))
      return torch.unbind(torch.where(both, ratio, torch.ones_like(wn)))

    def momentum(self, w: List[Tensor], g: List[Tensor], v: List[Tensor], momentum: float, rate: float) -> Tensor:
      _0 = torch._foreach_mul_(v, momentum)
      _1 = torch._foreach_add_(v, g, alpha=rate)
      _2 = torch._foreach_sub_(w, v, alpha=1)
      _3 = torch._foreach_zero_(g)
      return w[0]

    def classic(self, w: List[Tensor], g: List[Tensor], v: List[Tensor], decay: float, adapted: int, momentum: float, trust: float, rate: float) -> Tensor:
      _0 = torch._foreach_add_(g, w, alpha=decay)
      if torch.gt(adapted, 0):
        _1 = torch._foreach_mul_(g, (self).ratios(w, g, trust, 0., ))
      return (self).momentum(w, g, v, momentum, rate, )

    def article(self, w: List[Tensor], g: List[Tensor], v: List[Tensor], decay: float, adapted: int, momentum: float, trust: float, rate: float) -> Tensor:
      ratios = (self).ratios(w, g, trust, decay, )
      _0 = torch._foreach_add_(g, w, alpha=decay)
      if torch.gt(adapted, 0):
        _1 = torch._foreach_mul_(g, ratios)
      return (self).momentum(w, g, v, momentum, rate, )

    def afterMomentum(self, w: List[Tensor], g: List[Tensor], v: List[Tensor], decay: float, adapted: int, momentum: float, trust: float, rate: float) -> Tensor:
      _0 = torch._foreach_add_(g, w, alpha=decay)
      _1 = torch._foreach_mul_(v, momentum)
      _2 = torch._foreach_add_(v, g, alpha=1)
      _3 = torch._foreach_zero_(g)
      _4 = torch._foreach_add_(g, v, alpha=rate)
      if torch.gt(adapted, 0):
        _5 = torch._foreach_mul_(g, (self).ratios(w, v, trust, 0., ))
      _6 = torch._foreach_sub_(w, g, alpha=1)
      _7 = torch._foreach_zero_(g)
      return w[0]
    """;
  }

  @Override
  public String function() {
    return switch (variant) {
      case CLASSIC -> "classic";
      case AFTER_MOMENTUM -> "afterMomentum";
      case ARTICLE -> "article";
      case UNKNOWN -> throw new IllegalArgumentException("the rules refuse an unknown larsRule");
    };
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("momentum", 0));
  }

  @Override
  public List<Argument> numbers(Step step) {
    return List.of(
        Argument.of(step.decay()),
        Argument.of(step.adapted() ? 1L : 0L),
        Argument.of(momentum),
        Argument.of(trust),
        Argument.of(step.rate()));
  }
}
