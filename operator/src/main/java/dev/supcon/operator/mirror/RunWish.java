package dev.supcon.operator.mirror;

import dev.supcon.contract.step.RunContext;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the tracking server is to know of an experiment by now. It is told as often as it changes,
 * and telling it twice leaves one trace.
 *
 * @param run which one is meant, in the words that the pods use too
 * @param params settings by dotted path
 * @param links words beside the run: where its results are, what it is called in the cluster
 * @param metrics headline numbers
 * @param attempts those that are over, as far as it is known how
 * @param live attempts that may still act: what is neither is killed
 * @param end of the experiment
 */
public record RunWish(
    RunContext run,
    Map<String, String> params,
    Map<String, String> links,
    Map<String, Double> metrics,
    List<EndedAttempt> attempts,
    Set<String> live,
    End end) {

  public RunWish {
    params = Map.copyOf(params);
    links = Map.copyOf(links);
    metrics = Map.copyOf(metrics);
    attempts = List.copyOf(attempts);
    live = Set.copyOf(live);
  }

  /** How the experiment's run stands. */
  public enum End {
    RUNNING,
    FINISHED,
    FAILED,
    KILLED
  }
}
