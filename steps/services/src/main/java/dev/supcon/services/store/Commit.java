package dev.supcon.services.store;

import java.util.List;

/**
 * A checkpoint's commit point.
 *
 * @param format of this record, {@value #FORMAT}
 * @param number count of optimizer steps done
 * @param shards files of the checkpoint, below the attempt's checkpoint folder
 * @param metrics parts of the curves up to here, by name below the step's folder
 */
record Commit(int format, long number, String attempt, List<Blob> shards, List<Blob> metrics) {
  static final int FORMAT = 1;

  Commit {
    if (format != FORMAT || number < 0) {
      throw new IllegalArgumentException("format " + format + " is not known");
    }
    StepLayout.checkedAttempt(attempt);
    shards = Manifest.checked(shards);
    metrics = Manifest.checked(metrics);
  }
}
