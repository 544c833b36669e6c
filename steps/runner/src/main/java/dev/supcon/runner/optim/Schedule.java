package dev.supcon.runner.optim;

import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.contract.spec.ScheduleSpec;

/**
 * Learning rate by step s, from 0: linear from its start to the peak in w steps of warm-up, then as
 * the type says; the last step has s = n - 1.
 *
 * <ul>
 *   <li>cosine: {@code floor + ½ (peak - floor) (1 + cos(π (s - w) / (n - w)))} (paper's TensorFlow
 *       code, {@code supcon/utils.py}, floor 0)
 *   <li>cosineByEpoch: the same with e / E for epoch e = 1…E, from the start of training; the
 *       warm-up leads to the value at its end (paper's PyTorch code, {@code util.py}, floor 0.001)
 *   <li>steps: {@code peak · factor^k} behind k of the epochs, counted from the start of training
 *       (paper's PyTorch code; the TensorFlow code counts from the end of the warm-up)
 *   <li>exponential: {@code peak · rate^(t / d)}, t steps behind the warm-up, d steps a decay,
 *       rounded down when it is a staircase (paper's TensorFlow code)
 * </ul>
 *
 * @param peak behind the warm-up
 */
public record Schedule(ScheduleSpec spec, double peak, Length length) {

  /**
   * How long training is.
   *
   * @param stepsPerEpoch whole in our runs; the paper's code counts fractions
   * @param warmupSteps w, not negative
   * @param steps n
   */
  public record Length(double stepsPerEpoch, long warmupSteps, long steps) {

    /** Epochs of whole batches. */
    public static Length of(int batchesPerEpoch, double warmupEpochs, int epochs) {
      return new Length(
          batchesPerEpoch,
          Math.round(warmupEpochs * batchesPerEpoch),
          (long) epochs * batchesPerEpoch);
    }
  }

  /** The schedule of pretraining. */
  public static Schedule of(PretrainSpec spec, int batchesPerEpoch) {
    double written = spec.optimizer().learningRate();
    return new Schedule(
        spec.schedule(),
        spec.optimizer().learningRateScaling().peak(written, spec.batchSize()),
        Length.of(batchesPerEpoch, spec.warmupEpochs(), spec.epochs()));
  }

  /** The learning rate of a step. */
  public double at(long step) {
    long warmup = length.warmupSteps;
    if (step < warmup) {
      double from = spec.warmupFrom();
      return from + (warmupTarget() - from) * step / warmup;
    }
    return switch (spec.type()) {
      case COSINE -> cosine((step - warmup) / (double) (length.steps - warmup));
      case COSINE_BY_EPOCH -> cosine(way(epoch(step) + 1));
      case STEPS -> peak * drops(epoch(step));
      case EXPONENTIAL -> peak * decayed(step - warmup);
      case CONSTANT -> peak;
      case UNKNOWN -> throw new IllegalArgumentException("the rules refuse an unknown schedule");
    };
  }

  private double warmupTarget() {
    return switch (spec.type()) {
      case COSINE_BY_EPOCH -> cosine(way(length.warmupSteps / length.stepsPerEpoch));
      case COSINE, STEPS, EXPONENTIAL, CONSTANT, UNKNOWN -> peak;
    };
  }

  /** Epochs done at the start of a step. */
  private double epoch(long step) {
    return Math.floor(step / length.stepsPerEpoch);
  }

  private double way(double epochs) {
    return epochs * length.stepsPerEpoch / length.steps;
  }

  /**
   * @param way from 0 to 1; behind it the rate stays
   */
  private double cosine(double way) {
    double floor = spec.floor() * peak;
    return way < 1
        ? floor + 0.5 * (peak - floor) * (1 + StrictMath.cos(StrictMath.PI * way))
        : floor;
  }

  private double drops(double epoch) {
    double factor = 1;
    for (int decayEpoch : spec.decayEpochs()) {
      factor *= epoch >= decayEpoch ? spec.factor() : 1;
    }
    return factor;
  }

  private double decayed(long steps) {
    double decays = steps / (spec.epochsPerDecay() * length.stepsPerEpoch);
    return StrictMath.pow(spec.rate(), spec.staircase() ? Math.floor(decays) : decays);
  }
}
