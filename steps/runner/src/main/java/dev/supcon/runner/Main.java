package dev.supcon.runner;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.bench.BenchCommand;
import dev.supcon.runner.local.StopSignal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line. */
@Command(
    name = "supcon",
    description = "Supervised contrastive learning: train, evaluate, report.",
    mixinStandardHelpOptions = true,
    version = "supcon 0.1.0",
    footer = {
      "",
      "First run:     ./supcon run manifests/experiments/quickstart.yaml",
      "On a cluster:  ./supcon status | logs | rerun | suspend | resume",
      "The gate:      ./supcon test"
    },
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      ValidateCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      ViewsCommand.class,
      CorruptCommand.class,
      DataCommand.class,
      BenchCommand.class
    })
public final class Main {
  private Main() {}

  /** Ends the process with one of {@link ExitCode}'s numbers. */
  public static void main(String[] arguments) {
    StopSignal stop = StopSignal.install();
    int code = commandLine(stop).execute(arguments);
    stop.ended(code);
    System.exit(code);
  }

  static CommandLine commandLine(StopSignal stop) {
    return new CommandLine(new Main(), new CommandFactory(stop))
        .setExitCodeExceptionMapper(Main::exitCode)
        .setParameterExceptionHandler(Main::explainUsage)
        .setExecutionExceptionHandler(Main::explainFailure)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static int exitCode(Throwable failure) {
    return failure instanceof StepFailure known ? known.exitCode().code() : 1;
  }

  private static int explainUsage(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println("supcon: " + wrong.getMessage());
    command
        .getErr()
        .println(
            "Try: supcon "
                + (command.getParent() == null ? "" : command.getCommandName() + " ")
                + "--help");
    return ExitCode.USAGE.code();
  }

  /** A failure that is known is one sentence; any other is a bug and shows where it happened. */
  private static int explainFailure(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof StepFailure known) {
      command.getErr().println("supcon: " + known.getMessage());
      return known.exitCode().code();
    }
    throw failure;
  }
}
