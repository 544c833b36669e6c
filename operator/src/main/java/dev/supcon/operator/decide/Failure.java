package dev.supcon.operator.decide;

/**
 * Why a step will not be tried again.
 *
 * @param message a sentence for people
 */
public record Failure(Reason reason, String message) {

  /** The kinds of it. */
  public enum Reason {
    /** The step said that another try would end alike: exit code 64 to 74, 76 to 78. */
    REFUSED("Refused"),
    /** More faults than {@code spec.execution.retries} allows. */
    RETRIES_EXHAUSTED("RetriesExhausted"),
    /** It asked three times in a row to be resumed and had no new checkpoint. */
    NO_PROGRESS("NoProgress"),
    /** It did not start within {@code spec.execution.pendingSeconds}. */
    PENDING_DEADLINE("PendingDeadline"),
    /** It ran longer than {@code spec.execution.runningSeconds}. */
    RUNNING_DEADLINE("RunningDeadline");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** As in a status. */
    public String word() {
      return word;
    }
  }
}
