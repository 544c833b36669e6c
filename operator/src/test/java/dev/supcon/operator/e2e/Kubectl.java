package dev.supcon.operator.e2e;

import java.util.List;
import java.util.stream.Stream;

/** kubectl, on the cluster of KUBECONFIG. */
final class Kubectl {
  private Kubectl() {}

  static String run(String... arguments) {
    return feed("", arguments);
  }

  /** With text as its input. */
  static String feed(String input, String... arguments) {
    List<String> words = Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toList();
    return Command.run(words, input);
  }
}
