package dev.supcon.contract.step;

/**
 * How a step's process ends. 64 to 78 other than 70 and 75 mean that the request, the data or the
 * surroundings are at fault and that another try ends alike; everything not listed may be retried.
 */
public enum ExitCode {
  /** The manifest exists. */
  DONE(0, "The manifest exists."),
  /** Wrong arguments, or a spec that the rules reject. */
  USAGE(64, "The command line or the spec is wrong."),
  /** The data is damaged, empty or does not fit the request. */
  DATA(65, "The data is damaged, empty or not what the spec says."),
  /** A file or data set that was named does not exist. */
  NO_INPUT(66, "A file, folder or input step that was named does not exist."),
  /** No space or no permission to write. */
  NO_SPACE(73, "Output cannot be written: the disk is full or the folder is read-only."),
  /** The loss became non-finite or collapsed for good. */
  DIVERGED(69, "Training diverged: loss or gradients are not finite."),
  /** Resumed again and again without a new checkpoint. */
  NO_PROGRESS(70, "The third resume without a new checkpoint."),
  /** No checkpoint is readable although some were committed. */
  CORRUPT_CHECKPOINT(72, "Every committed checkpoint is damaged."),
  /** The store does not answer; another try may succeed. */
  STORE_UNREACHABLE(1, "The store does not answer; try again."),
  /** Stopped on request; what the step can keep is committed. */
  RESUME(
      75, "Stopped on request, and what can be kept is committed; start the step again to go on."),
  /** The request was made for another version of the code, or a secret is missing. */
  CONFIGURATION(78, "Wrong code version or missing secret.");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }
}
