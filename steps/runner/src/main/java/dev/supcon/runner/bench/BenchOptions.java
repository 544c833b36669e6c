package dev.supcon.runner.bench;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What all benches take. */
final class BenchOptions {
  @Option(
      names = "--rounds",
      defaultValue = "7",
      description = "Turns of each side (default: ${DEFAULT-VALUE}).")
  private int rounds = 7;

  @Option(
      names = "--steps",
      defaultValue = "5",
      description = "Steps of a turn; their median counts (default: ${DEFAULT-VALUE}).")
  private int steps = 5;

  @Option(names = "--json", description = "Prints JSON instead of the table.")
  private boolean json;

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  Rounds rounds() {
    if (rounds < 1 || steps < 1) {
      throw new ParameterException(command.commandLine(), "--rounds and --steps are at least 1");
    }
    return new Rounds(rounds, steps);
  }

  /** Prints what was measured. */
  void print(BenchReport report) {
    command.commandLine().getOut().println(json ? report.json() : report.text().strip());
  }
}
