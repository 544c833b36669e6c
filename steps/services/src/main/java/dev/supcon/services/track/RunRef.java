package dev.supcon.services.track;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which run is meant, in words that outlive a process; the server's id is found by them.
 *
 * @param step empty for the experiment's own run
 */
record RunRef(RunName name, String step, String key, String attempt) {
  static final String STEP = "supcon.step";
  static final String ATTEMPT = "supcon.attempt";
  private static final String LEVEL = "supcon.level";

  static RunRef of(RunName name) {
    return new RunRef(name, "", "", "");
  }

  boolean nested() {
    return !step.isEmpty();
  }

  RunRef parent() {
    return of(name);
  }

  String title() {
    return nested() ? step : name.experiment();
  }

  /** The tags that all attempts of the experiment's run have. */
  Map<String, String> attempts() {
    Map<String, String> tags = new TreeMap<>(name.tags());
    tags.put(LEVEL, "step");
    return tags;
  }

  /** The tags by which the run is found before it is made. */
  Map<String, String> identity() {
    if (nested()) {
      Map<String, String> tags = attempts();
      tags.put(STEP, step);
      tags.put(ATTEMPT, attempt);
      return tags;
    }
    Map<String, String> tags = new TreeMap<>(name.tags());
    tags.put(LEVEL, "experiment");
    return tags;
  }
}
