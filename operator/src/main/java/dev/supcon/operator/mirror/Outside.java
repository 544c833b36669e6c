package dev.supcon.operator.mirror;

import java.time.Duration;

/** The two outside systems. */
public enum Outside {
  /** A listing of a large data set takes many pages. */
  STORE("store", Duration.ofMinutes(2)),
  /** Telling a run is some ten requests. */
  TRACKING("tracking", Duration.ofMinutes(2));

  private final String word;
  private final Duration limit;

  Outside(String word, Duration limit) {
    this.word = word;
    this.limit = limit;
  }

  /** As in metrics. */
  public String word() {
    return word;
  }

  /** How long one errand may take. */
  Duration limit() {
    return limit;
  }
}
