package dev.supcon.contract.step;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a step has to say of its result.
 *
 * @param metrics headline numbers by full name, such as {@code classifier.test.top1}; fractions
 *     from 0 to 1
 * @param facts words worth keeping beside them: numeric profile, chosen learning rate, data counts
 * @param seconds time spent by all attempts
 */
public record StepReport(
    StepKind kind, Map<String, Double> metrics, Map<String, String> facts, double seconds) {

  public StepReport {
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }
}
