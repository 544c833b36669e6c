package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.runner.torchscript.Argument;
import java.util.Arrays;

/**
 * L_out with positives by degree: classes are more or less alike, t_ab for an anchor of class a and
 * a row of class b. It is the cross-entropy of the softmax over the other rows against targets in
 * proportion to t (as in StableRep, Eq. 4, arXiv 2306.00984):
 *
 * <pre>
 *   L = c/M sum_i ( log sum_{j != i} exp s_ij - sum_{j != i} t_ij s_ij / sum_{j != i} t_ij )
 * </pre>
 *
 * <p>With t the identity it is {@link SupConLoss}. An anchor whose targets are all 0 adds 0 and
 * counts. The targets' part collapses to sums over classes: memory is O(M D + C^2).
 */
public final class SoftSupConLoss implements EmbeddingLoss {
  private static final String SCRIPT =
      """
      def of(self, z: Tensor, y: Tensor, t: Tensor, tau: float, scale: float, tile: int) -> Tuple[Tensor, Tensor]:
        m = torch.size(z, 0)
        log_sum = self.normalisers(z, tau, tile)
        d = torch.to(z, 7)
        classes = torch.size(t, 0)
        zero = torch.new_zeros(d, [classes, torch.size(z, 1)])
        own = torch.index_select(torch.diagonal(t), 0, y)
        own_column = torch.unsqueeze(own, 1)
        size = torch.to(torch.bincount(y, None, classes), 7)
        total = torch.sub(torch.index_select(torch.mv(t, size), 0, y), own)
        has = torch.to(torch.gt(total, 1e-12), 7)
        alpha = torch.mul(has, torch.div(scale, float(m)))
        b = torch.unsqueeze(torch.div(alpha, torch.clamp_min(total, 1e-12)), 1)
        sums = torch.index_select(torch.mm(t, torch.index_add(zero, 0, y, d)), 0, y)
        c = torch.sub(sums, torch.mul(d, own_column))
        similar = torch.div(torch.sum(torch.mul(c, d), [1]), tau)
        terms = torch.sub(torch.mul(alpha, torch.to(log_sum, 7)), torch.mul(torch.squeeze(b, 1), similar))
        bd = torch.mul(d, b)
        back = torch.index_select(torch.mm(torch.t(t), torch.index_add(zero, 0, y, bd)), 0, y)
        pull = torch.add(torch.sub(back, torch.mul(bd, own_column)), torch.mul(c, b))
        log_weight = torch.sub(torch.log(torch.type_as(alpha, z)), log_sum)
        push = self.softmax_pull(z, log_weight, tau, tile)
        g = torch.div_(torch.sub_(push, torch.type_as(pull, z)), tau)
        return (torch.sum(terms), g)
      """;

  private final LossSpec spec;
  private final int tile;
  private final LossScript script = new LossScript(SupConLoss.TILES, SCRIPT);
  private final NDArray similarity; // [C, C]

  /**
   * @param spec whose temperature and scale count
   * @param similarity t, [C, C], not negative
   */
  public SoftSupConLoss(LossSpec spec, double[][] similarity) {
    this(spec, similarity, 0);
  }

  /**
   * @param tile rows of a tile; 0 for what suits the device
   */
  SoftSupConLoss(LossSpec spec, double[][] similarity, int tile) {
    int classes = similarity.length;
    double[] flat = Arrays.stream(similarity).flatMapToDouble(Arrays::stream).toArray();
    if (flat.length != classes * classes || !Arrays.stream(flat).allMatch(t -> t >= 0)) {
      throw new IllegalArgumentException("similarities are not negative, [C, C]");
    }
    this.spec = spec;
    this.tile = tile;
    this.similarity = script.manager().create(flat, new Shape(classes, classes));
  }

  @Override
  public LossGradient of(NDArray embeddings, int[] labels) {
    return script.run(
        "of",
        embeddings,
        labels,
        Argument.of(similarity),
        Argument.of(spec.temperature()),
        Argument.of(SupConLoss.scale(spec.scale(), spec.temperature())),
        Argument.of(SupConLoss.tile(tile, embeddings.getDevice())));
  }

  @Override
  public void close() {
    script.close();
  }
}
