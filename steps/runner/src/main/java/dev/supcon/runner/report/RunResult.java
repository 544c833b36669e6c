package dev.supcon.runner.report;

import dev.supcon.contract.step.StepKind;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code result.json} holds: the steps of a run and its headline numbers.
 *
 * @param metrics by full name, such as {@code classifier.test.top1}; fractions from 0 to 1
 * @param facts what each step had to say, by the step's name
 */
public record RunResult(
    String experiment,
    List<Step> steps,
    SortedMap<String, Double> metrics,
    SortedMap<String, SortedMap<String, String>> facts) {

  public RunResult {
    steps = List.copyOf(steps);
    metrics = new TreeMap<>(metrics);
    facts = new TreeMap<>(Objects.requireNonNullElse(facts, new TreeMap<>())); // of older files
  }

  /** How a step came to its result. */
  public enum State {
    /** It ran, and its result is in the store. */
    Succeeded,
    /** The store already held its result. */
    Cached,
    /** It ended with an error, and has no result. */
    Failed
  }

  /**
   * One step of the run.
   *
   * @param seconds time spent in this run; 0 for a cached step
   */
  public record Step(String name, StepKind kind, String key, State state, double seconds) {}
}
