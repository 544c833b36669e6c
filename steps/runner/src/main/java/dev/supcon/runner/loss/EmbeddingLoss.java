package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;
import dev.supcon.contract.spec.LossDenominator;
import dev.supcon.contract.spec.LossPositives;
import dev.supcon.contract.spec.LossSpec;
import java.util.List;

/** A loss of embeddings: what is near what on the unit sphere. */
public interface EmbeddingLoss extends AutoCloseable {

  /**
   * The supervised contrastive loss in the form of a spec.
   *
   * @param views of each image
   * @param classSizes images of each class in the training set
   */
  static EmbeddingLoss of(LossSpec spec, int views, List<Integer> classSizes) {
    AnchorWeights weights = AnchorWeights.of(spec.classWeights(), classSizes);
    boolean plain =
        spec.positives() == LossPositives.OUTSIDE
            && spec.denominator() == LossDenominator.ALL
            && spec.positivesCap() == null;
    return plain
        ? new SupConLoss(spec, views, weights)
        : new GeneralSupConLoss(spec, views, weights);
  }

  /**
   * Loss and gradient of a batch.
   *
   * @param embeddings fp32 or fp64 [M, D], rows of length 1, view-major
   * @param labels of the M rows, from 0
   */
  LossGradient of(NDArray embeddings, int[] labels);

  @Override
  void close();
}
