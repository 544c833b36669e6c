package dev.supcon.runner.train;

import dev.supcon.contract.spec.CheckpointSpec;

/**
 * Which checkpoints stay.
 *
 * @param last the newest so many
 * @param everyEpochs those at the end of every so many epochs; 0: none for that
 * @param best the one with the highest score
 */
public record Retention(int last, int everyEpochs, boolean best) {

  /** What a spec asks for. */
  public static Retention of(CheckpointSpec spec) {
    return new Retention(spec.keepLast(), spec.keepEveryEpochs(), spec.keepBest());
  }

  /** Whether the one at the end of this epoch, counted from 1, stays whatever else comes. */
  boolean keepsEpoch(int epoch) {
    return everyEpochs > 0 && epoch > 0 && epoch % everyEpochs == 0;
  }
}
