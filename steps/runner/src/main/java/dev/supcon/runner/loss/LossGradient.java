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

  /** What is minimised. */
  public double loss() {
    return value.total();
  }
}
