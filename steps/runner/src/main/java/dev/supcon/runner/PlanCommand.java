package dev.supcon.runner;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.plan.Planner;
import dev.supcon.contract.plan.ResolvedExperiment;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepKind;
import dev.supcon.runner.local.Forecast;
import dev.supcon.runner.pretrain.MemoryForecast;
import dev.supcon.services.store.ObjectStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code run} would do, and why. */
@Command(
    name = "plan",
    description =
        "Prints the steps of an experiment, their keys, and which of them would run and why.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: supcon plan manifests/experiments/quickstart.yaml"})
final class PlanCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE")
  private List<Path> files = List.of();

  @Option(names = "--json", description = "One JSON object a step.")
  private boolean json;

  @Mixin private PlaceOptions places = new PlaceOptions();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    try (ObjectStore store = places.openStore()) {
      for (Path file : files) {
        ResolvedExperiment resolved = places.resolve(places.read(file)).experiment();
        Plan plan = Planner.plan(resolved);
        print(plan, Forecast.of(plan, store), MemoryForecast.of(resolved.experiment().spec()));
      }
    }
    return 0;
  }

  private void print(Plan plan, Map<String, Forecast.Expected> expected, MemoryForecast memory) {
    PrintWriter out = command.commandLine().getOut();
    for (PlannedStep step : plan.steps()) {
      Forecast.Expected what = expected.get(step.name());
      String state = what instanceof Forecast.Run ? "run" : "cached";
      String why = what instanceof Forecast.Run run ? run.why() : "";
      out.println(
          json
              ? ContractJson.write(
                  new Line(plan.experiment(), step.name(), step.key().hex(), state, why))
              : String.format("%-22s %s  %-7s %s", step.name(), step.key().brief(), state, why)
                  .stripTrailing());
      if (!json && step.kind() == StepKind.PRETRAIN) {
        out.println(" ".repeat(23) + memory.line());
      }
    }
  }

  /** A step as JSON. */
  record Line(String experiment, String step, String key, String state, String why) {}
}
