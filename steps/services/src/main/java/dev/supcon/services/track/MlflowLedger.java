package dev.supcon.services.track;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;

/**
 * Runs on an MLflow server, told on the caller's own thread: for a caller that has threads, memory
 * and patience of its own. Telling twice leaves one trace. Not for several threads.
 */
public final class MlflowLedger implements AutoCloseable {
  private final MlflowServer server;
  private final MlflowRuns runs;
  private final MlflowSender sender;
  private final InstantSource clock;

  /**
   * @param environment with the credentials that MLflow's clients read ({@code MLFLOW_TRACKING_*})
   * @param notice is told in one line what the server refuses
   */
  public MlflowLedger(
      String url, Map<String, String> environment, InstantSource clock, Consumer<String> notice) {
    MlflowSettings settings =
        new MlflowSettings(
            url, environment, Path.of(""), "ledger", MlflowLedger::noFile, clock, notice);
    this.clock = clock;
    this.server = new MlflowServer(MlflowAddress.of(url, environment));
    this.runs = new MlflowRuns(server);
    this.sender = new MlflowSender(server, settings);
  }

  private static void noFile(String uri, Path file) {
    throw new IllegalStateException("a ledger has no files: " + file + " to " + uri);
  }

  /**
   * The experiment's run, which begins when it is not there.
   *
   * @return the address of its page
   */
  public String begin(RunName name) throws TrackerAway {
    return away(
        () -> {
          RunInfo run = runs.of(RunRef.of(name), clock.millis());
          return "%s/#/experiments/%s/runs/%s"
              .formatted(server.address(), run.getExperimentId(), run.getRunId());
        });
  }

  /** Settings of the experiment's run; one that it has already keeps its value. */
  public void params(RunName name, Map<String, String> params) throws TrackerAway {
    tell(List.of(new Event.Params(RunRef.of(name), ParamPaths.allowed(params))));
  }

  /** Words beside the experiment's run, such as links; a later value replaces an earlier one. */
  public void tags(RunName name, Map<String, String> tags) throws TrackerAway {
    away(
        () -> {
          String id = runs.of(RunRef.of(name), clock.millis()).getRunId();
          for (Map.Entry<String, String> tag : tags.entrySet()) {
            runs.tag(id, tag.getKey(), tag.getValue());
          }
          return id;
        });
  }

  /** Headline numbers of the experiment's run. */
  public void metrics(RunName name, Map<String, Double> metrics) throws TrackerAway {
    tell(points(RunRef.of(name), headlines(metrics)));
  }

  private List<Point> headlines(Map<String, Double> metrics) {
    long now = clock.millis();
    return metrics.entrySet().stream()
        .map(metric -> new Point(metric.getKey(), 0, metric.getValue(), now))
        .toList();
  }

  /** Ends the experiment's run, and in it those of attempts that did not say their end: killed. */
  public void end(RunName name, RunLog.Ending ending) throws TrackerAway {
    killOthers(name, Set.of());
    tell(List.of(new Event.End(RunRef.of(name), ending, clock.millis())));
  }

  /**
   * Ends the runs of attempts that did not say their end.
   *
   * @param live attempts that may still say it
   */
  public void killOthers(RunName name, Set<String> live) throws TrackerAway {
    away(
        () -> {
          for (Map.Entry<String, String> open : runs.open(RunRef.of(name)).entrySet()) {
            if (!live.contains(open.getKey())) {
              runs.status(open.getValue(), RunStatus.KILLED, clock.millis());
            }
          }
          return name;
        });
  }

  /** Ends an attempt's run that is still open; one that is not there is not made. */
  public void endAttempt(RunName name, String step, String attempt, RunLog.Ending ending)
      throws TrackerAway {
    away(
        () -> {
          Optional<RunInfo> open = open(new RunRef(name, step, "", attempt));
          if (open.isPresent()) {
            runs.status(open.get().getRunId(), RunStatus.valueOf(ending.name()), clock.millis());
          }
          return name;
        });
  }

  private Optional<RunInfo> open(RunRef attempt) throws MlflowServer.Away {
    return runs.find(attempt).filter(run -> run.getStatus() == RunStatus.RUNNING);
  }

  /** ID of the newest attempt's run by the step's name. */
  public Map<String, String> newest(RunName name) throws TrackerAway {
    return away(() -> runs.newest(RunRef.of(name)));
  }

  /** Whether an attempt has told all that it had to tell: its end comes last. */
  public boolean complete(RunName name, String step, String attempt) throws TrackerAway {
    return away(
        () ->
            runs.find(new RunRef(name, step, "", attempt))
                .filter(run -> run.getStatus() == RunStatus.FINISHED)
                .isPresent());
  }

  /**
   * What an attempt that succeeded could not tell itself: its curves from where the server has
   * them, its headline numbers, and its end.
   */
  public void replay(
      RunName name, Attempt attempt, List<Point> curves, Map<String, Double> headlines)
      throws TrackerAway {
    RunRef run = new RunRef(name, attempt.step(), attempt.key(), attempt.id());
    List<Event> events = new ArrayList<>(points(run, curves));
    events.addAll(points(run, headlines(headlines)));
    events.add(new Event.End(run, RunLog.Ending.FINISHED, clock.millis()));
    tell(events);
  }

  private static List<Event> points(RunRef run, List<Point> points) {
    Stream<Event> events =
        points.stream()
            .map(
                point ->
                    new Event.Point(
                        run, point.name(), point.step(), point.value(), point.atMillis()));
    return events.toList();
  }

  private void tell(List<Event> events) throws TrackerAway {
    away(
        () -> {
          sender.tell(events);
          return events;
        });
  }

  private static <T> T away(Call<T> call) throws TrackerAway {
    try {
      return call.run();
    } catch (MlflowServer.Away e) {
      throw new TrackerAway(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private interface Call<T> {
    T run() throws MlflowServer.Away;
  }

  /** An attempt at a step. */
  public record Attempt(String step, String key, String id) {}

  /** One point of a curve. */
  public record Point(String name, long step, double value, long atMillis) {}
}
