package dev.supcon.runner.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.Tensors;

/**
 * The supervised contrastive loss L_out (Khosla et al. 2020, Eq. 2), positives outside of the
 * logarithm:
 *
 * <pre>
 *   L = c/M sum_i -1/|P(i)| sum_{p in P(i)} ( s_ip - log sum_{a in A(i)} exp s_ia ),   s_ij = z_i.z_j / tau
 * </pre>
 *
 * <p>A(i) are all rows but i, P(i) those of them with i's label, M the number of anchors (all rows,
 * or the first view of each image), c the scale, times a weight of the anchor's class if wished.
 * The paper sums over anchors; this is the mean, as in both of the authors' codes. An anchor
 * without a positive adds 0 and still counts in the mean (HobbitLong/SupContrast, losses.py).
 *
 * <p>Gradient: with G = dL/ds, dL/dz_k = 1/tau sum_j (G_kj + G_jk) z_j (Eq. 4 in both roles of
 * z_k). Its softmax part is computed in tiles of the upper triangle, twice, its positive part
 * collapses to sums per class; so memory is O(M D) and no M x M array or mask ever exists. Tiles
 * carry log-sum-exp, so any temperature is safe.
 */
public final class SupConLoss implements EmbeddingLoss {
  /** Base temperature of {@link LossScale#TAU_OVER_BASE} (HobbitLong/SupContrast, losses.py). */
  private static final double BASE_TEMPERATURE = 0.07;

  /** Rows of a tile: 1 MiB of fp32 stays in the cache of a CPU core; a GPU wants fewer launches. */
  private static final int CPU_TILE = 512;

  private static final int GPU_TILE = 4096;

  /** -1e30 stands for minus infinity: no difference of two of them is NaN. */
  static final String TILES =
      """
      def normalisers(self, z: Tensor, tau: float, tile: int) -> Tensor:
        m = torch.size(z, 0)
        scaled = torch.div(z, tau)
        log_sum = torch.full_like(torch.select(z, 1, 0), -1e30)
        n = torch.floordiv(m + tile - 1, tile)
        for i in range(n):
          a = i * tile
          rows = torch.slice(scaled, 0, a, a + tile)
          log_rows = torch.slice(log_sum, 0, a, a + tile)
          for k in range(n - i):
            b = (i + k) * tile
            s = torch.mm(rows, torch.t(torch.slice(z, 0, b, b + tile)))
            if k == 0:
              torch.fill_diagonal_(s, -1e30)
            else:
              log_columns = torch.slice(log_sum, 0, b, b + tile)
              torch.copy_(log_columns, torch.logaddexp(log_columns, torch.logsumexp(s, [0])))
            torch.copy_(log_rows, torch.logaddexp(log_rows, torch.logsumexp(s, [1])))
        return log_sum

      def softmax_pull(self, z: Tensor, log_weight: Tensor, tau: float, tile: int) -> Tensor:
        m = torch.size(z, 0)
        scaled = torch.div(z, tau)
        g = torch.zeros_like(z)
        n = torch.floordiv(m + tile - 1, tile)
        for i in range(n):
          a = i * tile
          scaled_rows = torch.slice(scaled, 0, a, a + tile)
          rows = torch.slice(z, 0, a, a + tile)
          g_rows = torch.slice(g, 0, a, a + tile)
          w_rows = torch.unsqueeze(torch.slice(log_weight, 0, a, a + tile), 1)
          for k in range(n - i):
            b = (i + k) * tile
            columns = torch.slice(z, 0, b, b + tile)
            s = torch.mm(scaled_rows, torch.t(columns))
            h = torch.exp_(torch.add(s, w_rows))
            torch.add_(h, torch.exp_(torch.add_(s, torch.slice(log_weight, 0, b, b + tile))))
            if k == 0:
              torch.fill_diagonal_(h, 0.)
            else:
              torch.addmm_(torch.slice(g, 0, b, b + tile), torch.t(h), rows)
            torch.addmm_(g_rows, h, columns)
        return g
      """;

  private static final String OF =
      """
      def of(self, z: Tensor, y: Tensor, count: Tensor, alpha: Tensor, tau: float, tile: int) -> Tuple[Tensor, Tensor]:
        log_sum = self.normalisers(z, tau, tile)
        d = torch.to(z, 7)
        b = torch.unsqueeze(torch.div(alpha, torch.clamp_min(count, 1)), 1)
        classes = int(torch.add(torch.max(y), 1))
        zero = torch.new_zeros(d, [classes, torch.size(z, 1)])
        c = torch.sub_(torch.index_select(torch.index_add(zero, 0, y, d), 0, y), d)
        own = torch.div(torch.sum(torch.mul(c, d), [1]), tau)
        terms = torch.sub(torch.mul(alpha, torch.to(log_sum, 7)), torch.mul(torch.squeeze(b, 1), own))
        bd = torch.mul(d, b)
        pull = torch.sub_(torch.index_select(torch.index_add(zero, 0, y, bd), 0, y), bd)
        torch.add_(pull, torch.mul_(c, b))
        log_weight = torch.sub(torch.log(torch.type_as(alpha, z)), log_sum)
        push = self.softmax_pull(z, log_weight, tau, tile)
        g = torch.div_(torch.sub_(push, torch.type_as(pull, z)), tau)
        return (torch.sum(terms), g)
      """;

  private final LossSpec spec;
  private final int views;
  private final AnchorWeights weights;
  private final LossScript script = new LossScript(TILES, OF);

  /** Every row an anchor, each alike. */
  public SupConLoss(LossSpec spec) {
    this(spec, 1, AnchorWeights.EQUAL);
  }

  /**
   * Anchors as the spec says; its other forms are {@link GeneralSupConLoss}'s.
   *
   * @param views of each image
   */
  SupConLoss(LossSpec spec, int views, AnchorWeights weights) {
    this.spec = spec;
    this.views = views;
    this.weights = weights;
  }

  /** c of the formula. */
  static double scale(LossScale scale, double temperature) {
    return switch (scale) {
      case NONE -> 1;
      case TAU -> temperature;
      case TAU_OVER_BASE -> temperature / BASE_TEMPERATURE;
      case UNKNOWN -> throw new IllegalArgumentException("the rules refuse an unknown scale");
    };
  }

  /**
   * Rows of a tile on a device.
   *
   * @param wished 0 for what suits it
   */
  static long tile(int wished, Device device) {
    if (wished > 0) {
      return wished;
    }
    return device.isGpu() ? GPU_TILE : CPU_TILE;
  }

  @Override
  public LossGradient of(NDArray embeddings, int[] labels) {
    BatchRoles roles = BatchRoles.of(labels, spec, views, weights);
    try (NDManager batch = embeddings.getManager().newSubManager()) {
      return script.run(
          "of",
          embeddings,
          labels,
          Argument.of(Tensors.longs(batch, roles.positives(), labels.length)),
          Argument.of(batch.create(roles.weights(), new Shape(labels.length))),
          Argument.of(spec.temperature()),
          Argument.of(tile(0, embeddings.getDevice())));
    }
  }

  @Override
  public void close() {
    script.close();
  }
}
