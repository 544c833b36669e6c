package dev.supcon.operator.api;

/** The names by which Jobs and pods are found again: labels, annotations, the Job's own. */
public final class Labels {
  public static final String EXPERIMENT = "supcon.dev/experiment";
  public static final String STEP = "supcon.dev/step";
  public static final String KEY = "supcon.dev/key";
  public static final String ATTEMPT = "supcon.dev/attempt";

  /** How many GPUs the pod's container has, whatever their resource is called. */
  public static final String GPUS = "supcon.dev/gpus";

  /** Kueue's own. */
  public static final String QUEUE = "kueue.x-k8s.io/queue-name";

  private static final int MAX = 63;
  private static final int BRIEF = 12;

  private Labels() {}

  /** A key as a label: its first 63 digits of 64. */
  public static String key(String hex) {
    return hex.substring(0, MAX);
  }

  /**
   * The name of an attempt's Job, such as {@code pretrain-0123456789ab-1}; it is deterministic, so
   * that whoever makes it twice is told that it exists.
   */
  public static String job(String kind, String hex, int number) {
    return kind + "-" + hex.substring(0, BRIEF) + "-" + number;
  }

  /** A name as a label; the end of a long one is cut. */
  public static String value(String name) {
    String cut = name.length() <= MAX ? name : name.substring(0, MAX);
    return cut.replaceAll("[^A-Za-z0-9]+$", "");
  }
}
