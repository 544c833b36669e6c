package dev.supcon.runner.bench;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.train.ResidentSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Peak memory of the loss beyond what a process has that holds the library, the embeddings and the
 * loss ready: the growth of the resident set's high-water mark.
 */
public final class LossPeak {
  private static final int STEPS = 3;

  private LossPeak() {}

  /** Prints the megabytes; the body of the process that {@link #inFreshProcess} starts. */
  public static void main(String[] arguments) {
    try (LossBench bench = new LossBench()) {
      ResidentSet.forgetPeak();
      double before = ResidentSet.peakMegabytes();
      for (int i = 0; i < STEPS; i++) {
        bench.step();
      }
      System.out.println(ResidentSet.peakMegabytes() - before);
    }
  }

  /** Measures in a JVM with this one's options and environment, in MB. */
  static double inFreshProcess() {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), LossPeak.class.getName()));
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
          "The memory of the loss was not measured; the reason stands above.",
          e);
    }
  }
}
