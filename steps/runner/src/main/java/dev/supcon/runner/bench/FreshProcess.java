package dev.supcon.runner.bench;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Measures in a JVM of its own, with this one's options and environment. */
final class FreshProcess {
  private FreshProcess() {}

  /** The number that the class prints. */
  static double number(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Double.parseDouble(printed.strip());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    } catch (NumberFormatException e) {
      throw new StepFailure(
          ExitCode.CONFIGURATION,
          main.getSimpleName() + " measured nothing; the reason stands above.",
          e);
    }
  }
}
