package dev.supcon.operator.e2e;

import java.util.List;
import java.util.stream.Stream;

/** The Helm that dev/charts builds. */
final class Helm {
  private static final String HELM =
      Command.run(List.of("dev/charts", "tools")).lines().toList().getLast() + "/helm";

  private Helm() {}

  static String run(String... arguments) {
    return Command.run(words(arguments));
  }

  /** One that must not be done; the answer says why. */
  static String refused(String... arguments) {
    return Command.refused(words(arguments));
  }

  private static List<String> words(String... arguments) {
    return Stream.concat(Stream.of(HELM), Stream.of(arguments)).toList();
  }
}
