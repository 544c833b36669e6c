package dev.supcon.runner;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What {@code --size} may be. */
final class SizeOption {
  private static final int SMALLEST = 8;
  private static final int LARGEST = 1024;

  private SizeOption() {}

  static void check(int size, CommandSpec command) {
    if (size < SMALLEST || size > LARGEST) {
      throw new ParameterException(
          command.commandLine(), "--size is " + size + "; write " + SMALLEST + " to " + LARGEST);
    }
  }
}
