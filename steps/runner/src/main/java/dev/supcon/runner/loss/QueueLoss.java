package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.runner.torchscript.Argument;

/**
 * The supervised contrastive loss L_out (Khosla et al. 2020, Eq. 2) against labelled keys that take
 * no gradient, the memory variant of the paper's section 4.1:
 *
 * <pre>
 *   L = c/B sum_i -1/|P(i)| sum_{p in P(i)} ( s_ip - log sum_{a in A} exp s_ia ),   s_ia = q_i.k_a / tau
 * </pre>
 *
 * <p>The anchors q_i are embeddings of the batch's first views. A are all keys: the momentum
 * encoder's embeddings of the second views, and the queue of earlier ones; P(i) are those of A with
 * i's label. An anchor's own image is among the keys of the batch, so that it always has a
 * positive. Neither the paper nor its code says how labels and queue go together; this is the
 * reading in which every key counts as the other rows of a batch do.
 *
 * <p>Gradient: dL/dq_i = c/(B tau) sum_a ( softmax_a(s_i) - 1[a in P(i)]/|P(i)| ) k_a. Keys are
 * taken in tiles, so memory is O((B + A) D).
 */
public final class QueueLoss implements AutoCloseable {
  private static final long TILE = 8192;

  /** -1e30 stands for minus infinity: no difference of two of them is NaN. */
  private static final String SCRIPT =
      """
      def of(self, q: Tensor, k: Tensor, y: Tensor, ky: Tensor, tau: float, scale: float, tile: int) -> Tuple[Tensor, Tensor]:
        b = torch.size(q, 0)
        n = torch.floordiv(torch.size(k, 0) + tile - 1, tile)
        scaled = torch.div(q, tau)
        log_sum = torch.full_like(torch.select(q, 1, 0), -1e30)
        count = torch.zeros_like(torch.to(log_sum, 7))
        own = torch.zeros_like(count)
        by_row = torch.unsqueeze(y, 1)
        for i in range(n):
          labels = torch.unsqueeze(torch.slice(ky, 0, i * tile, (i + 1) * tile), 0)
          s = torch.mm(scaled, torch.t(torch.slice(k, 0, i * tile, (i + 1) * tile)))
          positive = torch.to(torch.eq(by_row, labels), 7)
          torch.add_(count, torch.sum(positive, [1]))
          torch.add_(own, torch.sum(torch.mul(positive, s), [1]))
          torch.masked_fill_(s, torch.lt(labels, 0), -1e30)
          torch.copy_(log_sum, torch.logaddexp(log_sum, torch.logsumexp(s, [1])))
        alpha = torch.mul(torch.to(torch.gt(count, 0), 7), torch.div(scale, float(b)))
        per = torch.div(alpha, torch.clamp_min(count, 1))
        terms = torch.sub(torch.mul(alpha, torch.to(log_sum, 7)), torch.mul(per, own))
        weight = torch.unsqueeze(torch.type_as(alpha, q), 1)
        share = torch.unsqueeze(torch.type_as(per, q), 1)
        g = torch.zeros_like(q)
        for i in range(n):
          labels = torch.unsqueeze(torch.slice(ky, 0, i * tile, (i + 1) * tile), 0)
          keys = torch.slice(k, 0, i * tile, (i + 1) * tile)
          s = torch.sub_(torch.mm(scaled, torch.t(keys)), torch.unsqueeze(log_sum, 1))
          torch.masked_fill_(s, torch.lt(labels, 0), -1e30)
          h = torch.mul_(torch.exp_(s), weight)
          torch.sub_(h, torch.mul(torch.type_as(torch.eq(by_row, labels), q), share))
          torch.addmm_(g, h, keys)
        return (torch.sum(terms), torch.div_(g, tau))
      """;

  private final double temperature;
  private final double scale;
  private final LossScript script = new LossScript(SCRIPT);

  public QueueLoss(LossSpec spec) {
    temperature = spec.temperature();
    scale = SupConLoss.scale(spec.scale(), spec.temperature());
  }

  /**
   * Loss and gradient of a batch.
   *
   * @param queries fp32 or fp64 [B, D], rows of length 1
   * @param keys likewise [A, D]
   * @param labels int64 [B], from 0
   * @param keyLabels int64 [A]; -1 for a place of the queue that is not filled yet
   */
  public LossGradient of(NDArray queries, NDArray keys, NDArray labels, NDArray keyLabels) {
    return script.run(
        queries.getManager(),
        "of",
        Argument.of(queries),
        Argument.of(keys),
        Argument.of(labels),
        Argument.of(keyLabels),
        Argument.of(temperature),
        Argument.of(scale),
        Argument.of(TILE));
  }

  @Override
  public void close() {
    script.close();
  }
}
