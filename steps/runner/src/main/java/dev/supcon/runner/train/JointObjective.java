package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import dev.supcon.contract.spec.JointSpec;
import dev.supcon.runner.loss.BatchLoss;
import dev.supcon.runner.loss.LossGradient;
import dev.supcon.runner.loss.Targets;

/**
 * Contrastive learning and classification at once, of rows [M, D + C]: embeddings, then logits.
 * Every view is classified; the authors' TensorFlow code classifies each image's first one.
 */
record JointObjective(
    Objective.Contrastive contrastive, Objective.Classification classification, JointSpec spec)
    implements Objective {

  @Override
  public int viewsPerImage() {
    return contrastive.viewsPerImage();
  }

  @Override
  public LossGradient of(NDArray output, Targets targets) {
    long width = output.getShape().get(1) - classification.classes();
    NDArray embeddings = output.get(new NDIndex(":, :{}", width)); // [M, D]
    NDArray logits = output.get(new NDIndex(":, {}:", width)); // [M, C]
    LossGradient near = contrastive.of(embeddings, targets);
    LossGradient right =
        classification.of(logits, Targets.ofRows(targets.labels(), viewsPerImage()));
    double total =
        spec.contrastiveWeight() * near.loss() + spec.crossEntropyWeight() * right.loss();
    NDList gradients =
        new NDList(
            near.gradient().mul(spec.contrastiveWeight()),
            right.gradient().mul(spec.crossEntropyWeight()));
    return new LossGradient(
        new BatchLoss.Joint(total, near.loss(), right.loss()), NDArrays.concat(gradients, 1));
  }

  @Override
  public double indifferent(int images) {
    return contrastive.indifferent(images);
  }

  @Override
  public boolean hasPositives(int[] labels) {
    return contrastive.hasPositives(labels);
  }

  @Override
  public boolean separable() {
    return false;
  }

  @Override
  public void close() {
    contrastive.close();
    classification.close();
  }
}
