package dev.supcon.runner;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.Planner;
import dev.supcon.runner.local.ExperimentFile;
import dev.supcon.runner.local.LocalRun;
import dev.supcon.runner.local.ProgressView;
import dev.supcon.runner.local.Resolution;
import dev.supcon.runner.local.ResultTable;
import dev.supcon.runner.local.StopSignal;
import dev.supcon.runner.local.Tracking;
import dev.supcon.services.store.ObjectStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs whole experiments on this computer. */
@Command(
    name = "run",
    description = "Runs experiments on this computer: every step whose result the store lacks.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: supcon run manifests/experiments/quickstart.yaml",
      "         supcon run cifar.yaml --data cifar10=cifar-10-binary.tar.gz --set spec.seed=2"
    })
final class RunCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Parameters(arity = "1..*", paramLabel = "FILE")
  private List<Path> files = List.of();

  @Option(names = "--json", description = "Prints result.json instead of the table.")
  private boolean json;

  @Mixin private PlaceOptions places = new PlaceOptions();
  @Mixin private TrackingOptions tracked = new TrackingOptions();
  @Spec private CommandSpec command = CommandSpec.create();

  RunCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    ProgressView progress =
        new ProgressView(
            command.commandLine().getErr(),
            Boolean.getBoolean("supcon.terminal"),
            InstantSource.system());
    List<ExperimentFile> experiments = files.stream().map(places::read).toList();
    try (ObjectStore store = places.openStore()) {
      for (ExperimentFile file : experiments) {
        run(file, store, progress);
      }
    }
    return 0;
  }

  private void run(ExperimentFile file, ObjectStore store, ProgressView progress) {
    Resolution resolved = places.resolve(file);
    Plan plan = Planner.plan(resolved.experiment());
    InstantSource clock = InstantSource.system();
    LocalRun.Outcome outcome;
    try (Tracking tracking =
        Tracking.begin(
            plan,
            file.experiment().spec(),
            name -> tracked.open(name, places.runs(), progress::say),
            clock)) {
      LocalRun run =
          new LocalRun(
              store,
              places.runs(),
              new StepDispatch(resolved.sources()),
              new LocalRun.Reporting(progress, stop, tracking, clock));
      outcome = run.execute(plan, file.yaml());
    }
    PrintWriter out = command.commandLine().getOut();
    out.print(json ? outcome.json() : ResultTable.of(outcome.page().result()));
    out.println(json ? "" : "Report: " + outcome.report().toAbsolutePath());
  }
}
