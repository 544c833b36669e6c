package dev.supcon.runner.train;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Notices a network that answers every image alike: its loss stays at the value that follows from
 * that. A fresh network begins there, so only a long stay counts.
 */
final class CollapseMonitor {
  private static final String STAY = "collapse.stay";
  private static final double CLOSE = 0.01;

  private final double indifferent;
  private final long patience;
  private double stay;

  /**
   * @param indifferent the loss of equal answers; one of 0 or less is an aim, too, and is not
   *     watched
   * @param patience steps in a row that raise the warning
   */
  CollapseMonitor(double indifferent, long patience) {
    this.indifferent = indifferent;
    this.patience = patience;
  }

  void see(double loss) {
    boolean near = indifferent > 0 && Math.abs(loss - indifferent) <= CLOSE * indifferent;
    stay = near ? stay + 1 : 0;
  }

  /** A sentence while the loss stays. */
  Optional<String> warning() {
    return stay < patience
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the loss has stayed within 1 %% of %.4f for %.0f steps, the value of a network that"
                    + " answers every image alike; lower pretrain.optimizer.learningRate or raise"
                    + " pretrain.warmupEpochs",
                indifferent,
                stay));
  }

  void save(Map<String, Double> monitor) {
    monitor.put(STAY, stay);
  }

  void load(Map<String, Double> monitor) {
    stay = monitor.getOrDefault(STAY, 0.0);
  }
}
