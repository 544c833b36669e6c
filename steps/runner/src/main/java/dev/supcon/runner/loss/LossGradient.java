package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;

/**
 * A batch's loss, and its gradient with respect to what the loss was given.
 *
 * @param gradient of the input's shape, type and manager
 */
public record LossGradient(double loss, NDArray gradient) {}
