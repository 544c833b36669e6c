package dev.supcon.operator.status;

/** The conditions of an experiment; every one is always there. */
public enum ConditionType {
  RECONCILING("Reconciling", "The spec is not accepted yet: its data is being looked at."),
  STALLED("Stalled", "It does not go on without a person."),
  QUOTA_RESERVED("QuotaReserved", "No Job waits for quota."),
  SUSPENDED("Suspended", "Nothing runs, by the user's wish or by the queue's."),
  COMPLETE("Complete", "Every step has its result."),
  FAILED("Failed", "It has ended, and some step has no result."),
  FINISHED("Finished", "It has ended, either way; status.result says how."),
  TRACKING_SYNCED("TrackingSynced", "MLflow shows what the cluster knows.");

  private final String word;
  private final String meaning;

  ConditionType(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  /** As in a status. */
  public String word() {
    return word;
  }

  /** What it means that it is True. */
  public String meaning() {
    return meaning;
  }
}
