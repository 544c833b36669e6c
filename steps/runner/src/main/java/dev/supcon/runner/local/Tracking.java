package dev.supcon.runner.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.attempt.StepAttempt;
import dev.supcon.runner.report.RunResult;
import dev.supcon.services.track.RunLog;
import dev.supcon.services.track.RunName;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

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
    Map<String, String> params = new TreeMap<>();
    Parameters.flatten("", ContractJson.MAPPER.valueToTree(spec), params);
    log.params(params);
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
    end(StepAttempt.ending(failure));
  }

  private void end(RunLog.Ending ending) {
    ended = true;
    log.end(ending);
  }

  /** Of the experiment's run. */
  RunLog log() {
    return log;
  }

  /** A run that nobody ended has failed in a way that nobody foresaw. */
  @Override
  public void close() {
    if (!ended) {
      end(RunLog.Ending.FAILED);
    }
    log.close();
  }
}
