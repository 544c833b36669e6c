package dev.supcon.operator.observe;

/** Why a step's container does not run yet. */
public enum PendingReason {
  /** Kueue has not admitted the Job; never counts. */
  QUOTA_WAIT("QuotaWait"),
  /** No node takes the pod. */
  UNSCHEDULABLE("Unschedulable"),
  /** The image cannot be pulled. */
  IMAGE_PULL("ImagePull"),
  /** The container cannot be made: a volume, a Secret, a security rule. */
  CONTAINER_CONFIG("ContainerConfig"),
  /** The Job has no pod: refused by admission or by a quota, or not made yet. */
  NO_POD("NoPod"),
  /** Nothing is wrong so far. */
  STARTING("Starting");

  private final String word;

  PendingReason(String word) {
    this.word = word;
  }

  /** As in a status. */
  public String word() {
    return word;
  }

  /** Whether the time spent counts towards the deadline. */
  public boolean counts() {
    return this != QUOTA_WAIT;
  }
}
