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
    return Command.run(words(arguments), input);
  }

  /** What must not be allowed. */
  static String refused(String... arguments) {
    return Command.refused(words(arguments));
  }

  private static List<String> words(String... arguments) {
    return Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toList();
  }
}
