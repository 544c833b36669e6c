package dev.supcon.runner;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What pretraining keeps from step to step beside the network: each must be in a checkpoint. */
enum KillRecipe {
  /** Momentum of SGD. */
  PLAIN(""),

  /** Labelled keys of a momentum encoder. */
  QUEUE("pretrain.memory.size=64"),

  /** Momentum that holds the layers' own rates. */
  LARS("pretrain.optimizer={type: lars, learningRate: 4}"),

  /** Mean squares of gradients beside a momentum. */
  RMS_PROP("pretrain.optimizer={type: rmsProp, learningRate: 0.01}"),

  /** Two heads. */
  JOINT("pretrain.loss={type: joint}");

  private final String setting;

  KillRecipe(String setting) {
    this.setting = setting;
  }

  /** Those named in {@code -Dsupcon.kill.recipes}; by default the plain one. */
  static List<KillRecipe> chosen() {
    return Stream.of(System.getProperty("supcon.kill.recipes", "plain").split(",", -1))
        .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
        .toList();
  }

  /** Words of the command line. */
  List<String> words() {
    return setting.isEmpty() ? List.of() : List.of("--set", setting);
  }
}
