package dev.supcon.operator.status;

import dev.supcon.operator.api.Links;
import java.util.Map;

/**
 * What is known of the experiment's runs in MLflow.
 *
 * @param message a sentence for people
 * @param links to the store and to the experiment's run
 * @param runs ID of the newest run by the step's name
 */
public record Tracking(Sync sync, String message, Links links, Map<String, String> runs) {

  /** How far MLflow agrees with the cluster. */
  public enum Sync {
    SYNCED,
    UNREACHABLE,
    NOT_YET,
    NOT_TRACKED
  }

  /** Copies the runs. */
  public Tracking {
    runs = Map.copyOf(runs);
  }
}
