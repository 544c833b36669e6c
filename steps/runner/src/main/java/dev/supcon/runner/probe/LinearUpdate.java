package dev.supcon.runner.probe;

import dev.supcon.contract.spec.LinearOptimizerSpec;

/**
 * The rules of {@code optim}, for R candidates at once: weights [R C, F] or bias [R C], a learning
 * rate for each row.
 *
 * <p>A function {@code update} changes w by its gradient g, with the momentum v, the mean square s
 * (RMSProp's), r candidates, weight decay, momentum, the rule's own number a, and epsilon.
 *
 * @param a trust coefficient of LARS, decay of RMSProp's mean square
 */
record LinearUpdate(String body, double a, double epsilon, boolean squares) {
  private static final String HEAD =
      """
      def update(self, w: Tensor, g: Tensor, v: Tensor, s: Tensor, rate: Tensor, r: int, decay: float, momentum: float, a: float, epsilon: float) -> Tensor:
      """;

  private static final String SGD =
      """
        torch.add_(torch.add_(torch.mul_(v, momentum), g), w, alpha=decay)
        return torch.sub_(w, torch.mul(v, rate))
      """;

  private static final String NESTEROV =
      """
        torch.add_(g, w, alpha=decay)
        torch.add_(torch.mul_(v, momentum), g)
        return torch.sub_(w, torch.mul(torch.add(g, v, alpha=momentum), rate))
      """;

  /** The authors' TensorFlow code; a candidate's weights have one ratio, its bias another. */
  private static final String LARS =
      """
        torch.add_(g, w, alpha=decay)
        wn = torch.norm(torch.reshape(w, [r, -1]), 2, [1])
        gn = torch.norm(torch.reshape(g, [r, -1]), 2, [1])
        both = torch.logical_and(torch.gt(wn, 0), torch.gt(gn, 0))
        ratio = torch.where(both, torch.div(torch.mul(wn, a), gn), torch.ones_like(wn))
        by_row = torch.repeat_interleave(ratio, torch.floordiv(torch.size(w, 0), r))
        torch.add_(torch.mul_(v, momentum), torch.mul(g, torch.mul(rate, torch.reshape(by_row, torch.size(rate)))))
        return torch.sub_(w, v)
      """;

  private static final String RMS_PROP =
      """
        torch.add_(g, w, alpha=decay)
        torch.addcmul_(torch.mul_(s, a), g, g, value=1. - a)
        torch.add_(torch.mul_(v, momentum), torch.mul(torch.div(g, torch.sqrt(torch.add(s, epsilon))), rate))
        return torch.sub_(w, v)
      """;

  static LinearUpdate of(LinearOptimizerSpec spec) {
    return switch (spec.type()) {
      case SGD -> new LinearUpdate(spec.nesterov() ? NESTEROV : SGD, 0, 0, false);
      case LARS -> new LinearUpdate(LARS, spec.trustCoefficient(), 0, false);
      case RMS_PROP -> new LinearUpdate(RMS_PROP, spec.decay(), spec.epsilon(), true);
      case UNKNOWN -> throw new IllegalArgumentException("the rules refuse an unknown optimizer");
    };
  }

  String script() {
    return HEAD + body;
  }
}
