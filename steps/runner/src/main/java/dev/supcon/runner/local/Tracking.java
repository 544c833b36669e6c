package dev.supcon.runner.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.Leaves;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepReport;
import dev.supcon.runner.report.RunResult;
import dev.supcon.services.store.MetricPoint;
import dev.supcon.services.track.RunLog;
import dev.supcon.services.track.RunName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tells a run log what a run does: the experiment's run, and one in it for each attempt. */
public final class Tracking implements AutoCloseable {
  /** The tag by which a plan's run is told from others of the same experiment. */
  public static final String PLAN = "supcon.plan";

  private final RunLog log;
  private final InstantSource clock;
  private boolean ended;

  private Tracking(RunLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * Begins the experiment's run, or goes on with it: the same plan is the same run.
   *
   * @param open makes the log of that name
   */
  public static Tracking begin(
      Plan plan, Object spec, Function<RunName, RunLog> open, InstantSource clock) {
    RunName name =
        new RunName(
            plan.experiment(),
            Map.of("supcon.experiment", plan.experiment(), PLAN, identity(plan)));
    RunLog log = open.apply(name);
    log.params(Leaves.of(spec));
    return new Tracking(log, clock);
  }

  /** No step's key alone: the last step may depend on few of the others. */
  private static String identity(Plan plan) {
    String keys = plan.steps().stream().map(step -> step.key().hex()).collect(joining());
    return UUID.nameUUIDFromBytes(keys.getBytes(UTF_8)).toString();
  }

  void done(RunResult result, Path report) {
    long now = clock.millis();
    result.metrics().forEach((name, value) -> log.metric(name, 0, value, now));
    log.artifact("report.html", report);
    log.artifact("result.json", report.resolveSibling("result.json"));
    end(RunLog.Ending.FINISHED);
  }

  void failed(StepFailure failure) {
    end(ending(failure));
  }

  private void end(RunLog.Ending ending) {
    ended = true;
    log.end(ending);
  }

  private static RunLog.Ending ending(StepFailure failure) {
    return failure.exitCode() == ExitCode.RESUME ? RunLog.Ending.KILLED : RunLog.Ending.FAILED;
  }

  Attempted attempt(PlannedStep step, String id) {
    return new Attempted(log.attempt(step.name(), step.key().hex(), id));
  }

  /** A run that nobody ended has failed in a way that nobody foresaw. */
  @Override
  public void close() {
    if (!ended) {
      end(RunLog.Ending.FAILED);
    }
    log.close();
  }

  /** One attempt's run. */
  record Attempted(RunLog log) {
    void measured(MetricPoint point) {
      log.metric(point.name(), point.step(), point.value(), point.atMillis());
    }

    void done(StepReport report, Path output, long now) {
      report.metrics().forEach((name, value) -> log.metric(name, 0, value, now));
      shown(output).forEach(file -> log.artifact(String.valueOf(file.getFileName()), file));
      log.end(RunLog.Ending.FINISHED);
    }

    /** The pictures and tables of a result; not its weights and pixels. */
    private static List<Path> shown(Path output) {
      try (Stream<Path> files = Files.list(output)) {
        return files.filter(file -> file.toString().matches(".*\\.(png|json)")).sorted().toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void failed(StepFailure failure) {
      log.end(ending(failure));
    }
  }
}
