package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.supcon.contract.spec.LossDenominator;
import dev.supcon.contract.spec.LossPositives;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.Tensors;
import java.util.Arrays;

/**
 * The supervised contrastive loss in all its forms. With s_ij = z_i.z_j / tau, N(i) the rows of
 * other classes, P(i) the positives that anchor i keeps and n their number:
 *
 * <pre>
 *   outside   L_i = 1/n sum_p log D_ip - s_ip            (paper Eq. 2)
 *   inside    L_i = -log( 1/n sum_p exp s_ip / D_ip )    (paper Eq. 3)
 *   all            D_ip = sum_N exp s_in + sum_P exp s_ip'
 *   onePositive    D_ip = sum_N exp s_in + exp s_ip
 *   onlyNegatives  D_ip = sum_N exp s_in
 * </pre>
 *
 * <p>The result is the mean of L_i over the anchors, times scale and class weight. An anchor whose
 * loss is not defined adds 0 and counts. A cap keeps, besides an anchor's other views, the images
 * of its class that stand first in the batch; the rest of its class is neither positive nor
 * negative for it (google-research/supcon, losses.py).
 *
 * <p>As in {@link SupConLoss}, tiles of the upper triangle are computed anew in each pass, so that
 * memory is O(M D): one pass for the sums, a second one for {@code onePositive}, whose terms need
 * the negatives' sum first, and one for the gradient dL/dz_k = 1/tau sum_j (G_kj + G_jk) z_j, G =
 * dL/ds. Rows are sorted by class, so that positives lie in few tiles, see {@link SortedTiles}:
 * only there masks are needed, of a tile's size.
 */
public final class GeneralSupConLoss implements EmbeddingLoss {
  private final LossSpec spec;
  private final int views;
  private final AnchorWeights weights;
  private final int tile;
  private final LossScript script = new LossScript(GeneralSupConText.FUNCTIONS);

  /**
   * @param views of each image
   */
  public GeneralSupConLoss(LossSpec spec, int views, AnchorWeights weights) {
    this(spec, views, weights, 0);
  }

  /**
   * @param tile rows of a tile; 0 for what suits the device
   */
  GeneralSupConLoss(LossSpec spec, int views, AnchorWeights weights, int tile) {
    this.spec = spec;
    this.views = views;
    this.weights = weights;
    this.tile = tile;
  }

  @Override
  public LossGradient of(NDArray embeddings, int[] labels) {
    return of(embeddings, labels, BatchRoles.of(labels, spec, views, weights));
  }

  /** The same with roles that the caller may have changed. */
  LossGradient of(NDArray embeddings, int[] labels, BatchRoles roles) {
    NDManager owner = embeddings.getManager();
    int rows = Math.toIntExact(SupConLoss.tile(tile, embeddings.getDevice()));
    SortedTiles tiles = SortedTiles.of(labels, rows);
    int[] sorted = Arrays.stream(tiles.order()).mapToInt(row -> labels[(int) row]).toArray();
    try (NDManager batch = owner.newSubManager()) {
      return script.run(
          owner,
          "of",
          Argument.of(embeddings),
          Argument.of(longs(batch, tiles.order())),
          Argument.of(Tensors.longs(batch, sorted)),
          Argument.of(longs(batch, tiles.sorted(roles.ranks()))),
          Argument.of(longs(batch, tiles.sorted(roles.positives()))),
          Argument.of(batch.create(tiles.sorted(roles.weights()), new Shape(labels.length))),
          Argument.of(longs(batch, tiles.bounds())),
          Argument.of(longs(batch, tiles.reach())),
          Argument.of(spec.temperature()),
          Argument.of(spec.positivesCap() == null ? -1L : BatchRoles.keptImages(spec, views)),
          Argument.of(spec.positives() == LossPositives.INSIDE ? 1L : 0L),
          Argument.of(denominator(spec.denominator())));
    }
  }

  private static NDArray longs(NDManager manager, long[] values) {
    return Tensors.longs(manager, values, values.length);
  }

  private static long denominator(LossDenominator denominator) {
    return switch (denominator) {
      case ALL -> 0;
      case ONE_POSITIVE -> 1;
      case ONLY_NEGATIVES -> 2;
      case UNKNOWN -> throw new IllegalArgumentException("the rules refuse it");
    };
  }

  @Override
  public void close() {
    script.close();
  }
}
