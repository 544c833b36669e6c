package dev.supcon.runner.optim;

/**
 * Learning rate by step: linear from 0 to the peak, then half a cosine down to 0 (paper's
 * TensorFlow code, {@code supcon/utils.py}).
 *
 * <p>{@code lr(s) = peak · s / w} for {@code s < w}, then {@code ½ · peak · (1 + cos(π (s - w) / (n
 * - w)))}, 0 from step n on; s counts from 0.
 *
 * @param warmupSteps w, not negative
 * @param totalSteps n
 */
public record WarmupCosine(double peak, long warmupSteps, long totalSteps) {

  /** The learning rate of a step. */
  public double at(long step) {
    if (step < warmupSteps) {
      return peak * step / warmupSteps;
    }
    if (step >= totalSteps) {
      return 0;
    }
    double way = (step - warmupSteps) / (double) (totalSteps - warmupSteps);
    return 0.5 * peak * (1 + StrictMath.cos(StrictMath.PI * way));
  }
}
