package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;
import dev.supcon.runner.torchscript.Argument;

/**
 * Large-margin softmax (Liu et al. 2016, arXiv 1612.02295, Eq. 4 to 7), the mean over rows. A
 * classifier without a bias has the logits |w_c| |x| cos a_c; for the own class y the cosine is
 * replaced, so that the angle has to be m times smaller:
 *
 * <pre>
 *   f_y = |w_y| |x| ( lambda cos a + psi(a) ) / (1 + lambda)
 *   psi(a) = (-1)^k cos(m a) - 2 k   for a from k pi / m to (k + 1) pi / m
 * </pre>
 *
 * <p>The original lowers lambda from 1000 to a least value of about 5 while it trains; here it
 * stays what it is. With m = 1 this is {@link CrossEntropyLoss}.
 */
public final class LargeMarginLoss implements LogitLoss {
  /** cos(m a) as a polynomial of u = cos a (Chebyshev), and its derivative. */
  private static final String SCRIPT =
      """
      def cosine(self, u: Tensor, m: int) -> Tuple[Tensor, Tensor]:
        u2 = torch.mul(u, u)
        t = u
        d = torch.ones_like(u)
        if m == 2:
          t = torch.sub(torch.mul(u2, 2.), 1.)
          d = torch.mul(u, 4.)
        if m == 3:
          t = torch.mul(u, torch.sub(torch.mul(u2, 4.), 3.))
          d = torch.sub(torch.mul(u2, 12.), 3.)
        if m == 4:
          t = torch.add(torch.mul(u2, torch.sub(torch.mul(u2, 8.), 8.)), 1.)
          d = torch.mul(u, torch.sub(torch.mul(u2, 32.), 16.))
        return (t, d)

      def of(self, x: Tensor, y: Tensor, m: int, softening: float) -> Tuple[Tensor, Tensor]:
        classes = torch.floordiv(torch.size(x, 1), 2)
        f = torch.slice(x, 1, 0, classes)
        lengths = torch.slice(x, 1, classes, 2 * classes)
        at = torch.unsqueeze(y, 1)
        own = torch.gather(f, 1, at)
        length = torch.clamp_min(torch.gather(lengths, 1, at), 1e-12)
        u = torch.clamp(torch.div(own, length), -1., 1.)
        k = torch.floor(torch.mul(torch.acos(u), torch.div(float(m), 3.1415926535897931)))
        k = torch.clamp_max(k, m - 1)
        sign = torch.add(torch.mul(torch.remainder(k, 2.), -2.), 1.)
        t, d = self.cosine(u, m)
        psi = torch.sub(torch.mul(sign, t), torch.mul(k, 2.))
        slope = torch.mul(sign, d)
        whole = softening + 1.
        target = torch.div(torch.add(torch.mul(own, softening), torch.mul(length, psi)), whole)
        log_p = torch.log_softmax(torch.scatter(f, 1, at, target), 1)
        loss = torch.neg(torch.mean(torch.to(torch.gather(log_p, 1, at), 7)))
        g = torch.exp_(log_p)
        torch.scatter_add_(g, 1, at, torch.full_like(own, -1.))
        torch.div_(g, float(torch.size(x, 0)))
        g_own = torch.div(torch.gather(g, 1, at), whole)
        by_logit = torch.scatter(g, 1, at, torch.mul(g_own, torch.add(slope, softening)))
        by_length = torch.mul(g_own, torch.sub(psi, torch.mul(u, slope)))
        return (loss, torch.cat([by_logit, torch.scatter(torch.zeros_like(g), 1, at, by_length)], 1))
      """;

  private final int margin;
  private final double softening;
  private final LossScript script = new LossScript(SCRIPT);

  /**
   * @param margin m, from 1 to 4
   * @param softening lambda, from 0
   */
  public LargeMarginLoss(int margin, double softening) {
    this.margin = margin;
    this.softening = softening;
  }

  /** The output is [M, 2C]: logits w_c.x, then the products of lengths |w_c| |x|. */
  @Override
  public LossGradient of(NDArray output, int[] labels) {
    return script.run("of", output, labels, Argument.of((long) margin), Argument.of(softening));
  }

  @Override
  public void close() {
    script.close();
  }
}
