package dev.supcon.runner;

import dev.supcon.contract.step.StepFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Every fault of a file, a line each. */
@Command(
    name = "validate",
    description = "Checks experiment files and prints every fault, a line each.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: supcon validate manifests/experiments/*.yaml"})
final class ValidateCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE")
  private List<Path> files = List.of();

  @Mixin private PlaceOptions places = new PlaceOptions();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    int worst = 0;
    for (Path file : files) {
      try {
        places.read(file);
        out.println(file + ": valid");
      } catch (StepFailure fault) {
        command.commandLine().getErr().println(fault.getMessage());
        worst = fault.exitCode().code();
      }
    }
    return worst;
  }
}
