package dev.supcon.operator.observe;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a look into the store said of a step's result. */
public sealed interface Result {

  /**
   * Nobody looked yet, or the store did not answer: nothing starts on it.
   *
   * @param why a sentence for people
   */
  record Unknown(String why) implements Result {}

  /**
   * The result exists and is whole.
   *
   * @param manifest SHA-256 of the manifest
   * @param metrics headline numbers of its report
   */
  record Hit(String manifest, Map<String, Double> metrics) implements Result {
    public Hit {
      metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }
  }

  /**
   * There is no result.
   *
   * @param reason such as {@code NoManifest}
   * @param checkpoint number of the newest commit; -1: none
   * @param at when the look began
   */
  record Miss(String reason, long checkpoint, Instant at) implements Result {}
}
