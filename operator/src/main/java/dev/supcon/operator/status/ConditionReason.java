package dev.supcon.operator.status;

/** The reasons of conditions. */
public enum ConditionReason {
  RESOLVING("Resolving", "The data's digest is being asked of the store."),
  ACCEPTED("Accepted", "The plan is made."),
  INVALID_SPEC("InvalidSpec", "The spec breaks a rule; the message names the field."),
  NOT_CONFIGURED(
      "NotConfigured", "The administrator gave the namespace nothing, or not what the spec names."),
  DEPENDENCY_MISSING("DependencyMissing", "What the spec names, such as its data, is not there."),
  PROGRESSING("Progressing", "It goes on by itself."),
  STEP_FAILED("StepFailed", "A step will not be tried again; the message names it and says why."),
  DEADLINE_EXCEEDED("DeadlineExceeded", "A step did not start, or did not end, within its time."),
  NODE_LOST("NodeLost", "A pod's node does not answer: take it out of service, or bring it back."),
  STORE_UNREACHABLE("StoreUnreachable", "The store does not answer; nothing new starts."),
  NO_QUEUE("NoQueue", "The spec names no queue."),
  ADMITTED("Admitted", "The queue has admitted every Job."),
  QUOTA_WAIT("QuotaWait", "A Job waits in its queue; no deadline runs."),
  NOT_SUSPENDED("NotSuspended", "Nothing is suspended."),
  SUSPENDED_BY_USER("SuspendedByUser", "spec.execution.suspend is true."),
  JOB_SUSPENDED("JobSuspended", "Somebody has suspended the Job of a step."),
  QUEUED_BY_KUEUE("QueuedByKueue", "Kueue has not admitted the Job yet."),
  PREEMPTED("Preempted", "Kueue took the quota back; it goes on from its checkpoint."),
  ALL_STEPS_SUCCEEDED("AllStepsSucceeded", "Every step has its result."),
  NOT_FINISHED("NotFinished", "It has not ended."),
  SUCCEEDED("Succeeded", "It has ended well."),
  FAILED("Failed", "It has ended, and some step has no result."),
  PENDING("Pending", "A step waits to start, and none runs."),
  RUNNING("Running", "A step runs."),
  WAITING("Waiting", "No step acts; the steps say what each waits for."),
  STALLED("Stalled", "It does not go on without a person."),
  SUSPENDED("Suspended", "Nothing runs, by the user's wish or by the queue's."),
  SYNCED("Synced", "Everything is written."),
  NOT_TRACKED("NotTracked", "The administrator configured no MLflow for the namespace."),
  MLFLOW_UNREACHABLE("MlflowUnreachable", "MLflow does not answer; metrics wait in the store."),
  NOT_YET("NotYet", "Nothing was written yet.");

  private final String word;
  private final String meaning;

  ConditionReason(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  /** As in a status. */
  public String word() {
    return word;
  }

  /** What it means. */
  public String meaning() {
    return meaning;
  }
}
