package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;

/** A loss of a classifier's output. */
public interface LogitLoss extends AutoCloseable {

  /**
   * Loss and gradient of a batch.
   *
   * @param output fp32 or fp64, what the classifier puts out in training
   * @param labels of the M rows, in 0 … C-1
   */
  LossGradient of(NDArray output, int[] labels);

  @Override
  void close();
}
