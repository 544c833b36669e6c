package dev.supcon.operator.status;

/** Every event that the operator writes. */
public enum EventReason {
  SPEC_REJECTED("SpecRejected", true, "The spec breaks a rule; the message names the field."),
  NOT_CONFIGURED("NotConfigured", true, "The administrator's file lacks what the spec names."),
  DEPENDENCY_MISSING(
      "DependencyMissing", true, "What the spec names, such as its data, is not there."),
  PLANNED("Planned", false, "The data's digest is known and the plan is made."),
  STEP_STARTED("StepStarted", false, "A Job was made for a step."),
  STEP_RESUMED("StepResumed", false, "A Job was made that goes on from a checkpoint."),
  STEP_CACHED("StepCached", false, "A step's result existed before; nothing ran for it."),
  STEP_SUCCEEDED("StepSucceeded", false, "A step's result exists."),
  STEP_PREEMPTED(
      "StepPreempted", false, "A step was preempted, evicted or deleted; no retry used."),
  STEP_FAULTED("StepFaulted", true, "A step failed and is tried again."),
  STEP_FAILED("StepFailed", true, "A step failed and is not tried again."),
  DEADLINE_EXCEEDED("DeadlineExceeded", true, "A step did not start, or end, within its time."),
  STEP_PENDING("StepPending", true, "A step's pod cannot start; the message says why."),
  QUOTA_WAITING("QuotaWaiting", false, "A step's Job waits in its queue."),
  NODE_LOST("NodeLost", true, "The node of a step's pod does not answer."),
  SUSPENDED("Suspended", false, "Nothing runs, by the user's wish or by the queue's."),
  RESUMED("Resumed", false, "It is suspended no more."),
  COMPLETED("Completed", false, "Every step has its result."),
  FAILED("Failed", true, "It has ended, and some step has no result."),
  TRACKER_UNREACHABLE("TrackerUnreachable", true, "MLflow does not answer; nothing is lost."),
  TRACKER_SYNCED("TrackerSynced", false, "MLflow answers again and has everything.");

  private final String word;
  private final boolean warning;
  private final String meaning;

  EventReason(String word, boolean warning, String meaning) {
    this.word = word;
    this.warning = warning;
    this.meaning = meaning;
  }

  /** As in the event. */
  public String word() {
    return word;
  }

  /** {@code Normal} or {@code Warning}. */
  public String type() {
    return warning ? "Warning" : "Normal";
  }

  /** What it means. */
  public String meaning() {
    return meaning;
  }
}
