package dev.supcon.runner.data;

import dev.supcon.contract.spec.BatchesSpec;

/**
 * The samples of an epoch in the order in which they are seen; a pure function of what they are
 * made of.
 *
 * @param samples index in the training set, by place in the epoch
 * @param showings how often the epoch showed that sample before: a repeated image has views of its
 *     own each time
 */
@SuppressWarnings("ArrayRecordComponent") // Made once an epoch and read; never compared.
public record EpochSamples(int[] samples, int[] showings) {

  /** Every sample once. */
  public static EpochSamples shuffled(long seed, int epoch, int size) {
    return new EpochSamples(EpochOrder.of(seed, epoch, size), new int[size]);
  }

  /**
   * As a spec has them: for all but {@code shuffled}, the full batches alone.
   *
   * @param labels of the training set
   * @throws dev.supcon.contract.step.StepFailure USAGE when it has too few classes for a batch
   */
  public static EpochSamples of(
      BatchesSpec batches, long seed, int epoch, int[] labels, int batchSize) {
    if (batches.shuffled()) {
      return shuffled(seed, epoch, labels.length);
    }
    ComposedBatches composed = new ComposedBatches(batches, seed, epoch, labels, batchSize);
    int[] samples = new int[labels.length / batchSize * batchSize];
    for (int from = 0; from < samples.length; from += batchSize) {
      System.arraycopy(composed.next(), 0, samples, from, batchSize);
    }
    int[] seen = new int[labels.length];
    int[] showings = new int[samples.length];
    for (int i = 0; i < samples.length; i++) {
      showings[i] = seen[samples[i]]++;
    }
    return new EpochSamples(samples, showings);
  }
}
