package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;

/**
 * A batch's loss, and its gradient with respect to what the loss was given.
 *
 * @param gradient of the input's shape, type and manager
 */
public record LossGradient(BatchLoss value, NDArray gradient) {

  LossGradient(double loss, NDArray gradient) {
    this(new BatchLoss.Single(loss), gradient);
  }

  /**
   * Of a target that is mixed of two, in which the loss is linear.
   *
   * @param other that of the second target
   * @param share of this one
   */
  public LossGradient mixedWith(LossGradient other, double share) {
    return new LossGradient(
        share * loss() + (1 - share) * other.loss(),
        gradient.mul(share).add(other.gradient().mul(1 - share)));
  }

  /** What is minimised. */
  public double loss() {
    return value.total();
  }
}
