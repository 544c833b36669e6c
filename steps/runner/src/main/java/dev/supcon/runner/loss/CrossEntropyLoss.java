package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;
import dev.supcon.runner.torchscript.Argument;

/**
 * Softmax cross-entropy, the mean over rows: L = 1/M sum_i ( log sum_c exp x_ic - x_iy ), gradient
 * dL/dx_ic = (softmax(x_i)_c - 1[c = y_i]) / M. With label smoothing e the target is (1 - e) 1[c =
 * y_i] + e / C instead, as in PyTorch and TensorFlow.
 */
public final class CrossEntropyLoss implements LogitLoss {
  private static final String SCRIPT =
      """
      def of(self, x: Tensor, y: Tensor) -> Tuple[Tensor, Tensor]:
        m = torch.size(x, 0)
        log_p = torch.log_softmax(x, 1)
        at = torch.unsqueeze(y, 1)
        loss = torch.neg(torch.mean(torch.to(torch.gather(log_p, 1, at), 7)))
        g = torch.exp_(log_p)
        torch.scatter_add_(g, 1, at, torch.full_like(torch.slice(g, 1, 0, 1), -1.))
        return (loss, torch.div_(g, float(m)))

      def smoothed(self, x: Tensor, y: Tensor, e: float) -> Tuple[Tensor, Tensor]:
        m = float(torch.size(x, 0))
        even = torch.div(e, float(torch.size(x, 1)))
        log_p = torch.log_softmax(x, 1)
        at = torch.unsqueeze(y, 1)
        own = torch.mean(torch.to(torch.gather(log_p, 1, at), 7))
        all = torch.div(torch.sum(log_p, dtype=7), m)
        loss = torch.neg(torch.add(torch.mul(own, 1. - e), torch.mul(all, even)))
        g = torch.sub_(torch.exp_(log_p), even)
        torch.scatter_add_(g, 1, at, torch.full_like(torch.slice(g, 1, 0, 1), e - 1.))
        return (loss, torch.div_(g, m))
      """;

  private final double labelSmoothing;
  private final LossScript script = new LossScript(SCRIPT);

  /**
   * @param labelSmoothing part of the target that is spread over all classes, from 0, below 1
   */
  public CrossEntropyLoss(double labelSmoothing) {
    this.labelSmoothing = labelSmoothing;
  }

  /** The output is [M, C], the logits. */
  @Override
  public LossGradient of(NDArray logits, int[] labels) {
    return labelSmoothing == 0
        ? script.run("of", logits, labels)
        : script.run("smoothed", logits, labels, Argument.of(labelSmoothing));
  }

  @Override
  public void close() {
    script.close();
  }
}
