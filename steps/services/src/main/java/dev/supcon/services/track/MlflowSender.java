package dev.supcon.services.track;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;

/** Tells events to an MLflow server, so that telling one twice leaves one trace. */
final class MlflowSender {
  private final MlflowServer server;
  private final MlflowRuns runs;
  private final MlflowArtifacts artifacts;
  private final InstantSource clock;
  private final Consumer<String> notice;
  private final Map<RunRef, Map<String, Long>> newest = new HashMap<>(); // step by curve
  private final Set<String> refusals = new HashSet<>();

  MlflowSender(MlflowServer server, MlflowSettings settings) {
    this.server = server;
    this.runs = new MlflowRuns(server);
    this.artifacts = new MlflowArtifacts(server, settings.s3(), settings.notice());
    this.clock = settings.clock();
    this.notice = settings.notice();
  }

  /** In order; neighbouring points of one run go in one request. */
  void tell(List<Event> events) throws MlflowServer.Away {
    List<Event.Point> points = new ArrayList<>();
    for (Event event : events) {
      boolean full = points.size() == MlflowLimits.METRICS_PER_BATCH;
      if (!points.isEmpty() && (full || !joins(event, points.getFirst()))) {
        tellOne(points.getFirst().run(), () -> tellPoints(points));
        points.clear();
      }
      if (event instanceof Event.Point point) {
        points.add(point);
      } else {
        tellOne(event.run(), () -> tellOther(event));
      }
    }
    if (!points.isEmpty()) {
      tellOne(points.getFirst().run(), () -> tellPoints(points));
    }
  }

  private static boolean joins(Event event, Event.Point first) {
    return event instanceof Event.Point && event.run().equals(first.run());
  }

  /** What the server refuses is said and left; what it cannot take now is kept. */
  private void tellOne(RunRef run, Request request) throws MlflowServer.Away {
    try {
      request.run();
    } catch (MlflowHttpException e) {
      String refusal =
          "MLflow at %s refuses something of run %s: HTTP %d %s"
              .formatted(server.address(), run.title(), e.getStatusCode(), e.getBodyMessage());
      if (refusals.add(refusal)) {
        notice.accept(refusal);
      }
    } catch (MlflowServer.Away e) {
      newest.clear(); // the server may have done it all the same, so it is asked again
      runs.forget();
      throw e;
    }
  }

  private void tellOther(Event event) throws MlflowServer.Away {
    switch (event) {
      case Event.Begin begin -> begin(begin);
      case Event.Params params -> params(params);
      case Event.Artifact artifact ->
          artifacts.put(info(artifact.run()).getArtifactUri(), artifact);
      case Event.End end -> end(end);
      case Event.Point point -> tellPoints(List.of(point));
    }
  }

  private RunInfo info(RunRef run) throws MlflowServer.Away {
    return runs.of(run, clock.millis());
  }

  private void begin(Event.Begin begin) throws MlflowServer.Away {
    String id = runs.of(begin.run(), begin.atMillis()).getRunId();
    runs.status(id, RunStatus.RUNNING, 0);
    if (begin.run().nested()) {
      for (RunInfo dead : runs.died(begin.run(), begin.atMillis())) {
        runs.status(dead.getRunId(), RunStatus.KILLED, begin.atMillis());
      }
    }
  }

  private void end(Event.End end) throws MlflowServer.Away {
    RunStatus status = RunStatus.valueOf(end.ending().name());
    runs.status(info(end.run()).getRunId(), status, end.atMillis());
  }

  /** A param keeps its first value: MLflow refuses another, and with it all that come along. */
  private void params(Event.Params event) throws MlflowServer.Away {
    String id = info(event.run()).getRunId();
    Set<String> there =
        server.call(client -> client.getRun(id)).getData().getParamsList().stream()
            .map(Param::getKey)
            .collect(Collectors.toSet());
    List<Param> fresh =
        event.params().entrySet().stream()
            .map(e -> param(e.getKey(), e.getValue()))
            .filter(param -> !there.contains(param.getKey()))
            .toList();
    for (int i = 0; i < fresh.size(); i += MlflowLimits.PARAMS_PER_BATCH) {
      List<Param> some =
          fresh.subList(i, Math.min(i + MlflowLimits.PARAMS_PER_BATCH, fresh.size()));
      call(client -> client.logBatch(id, List.of(), some, List.of()));
    }
  }

  private static Param param(String name, String value) {
    return Param.newBuilder()
        .setKey(MlflowLimits.name(name))
        .setValue(MlflowLimits.param(value))
        .build();
  }

  private void tellPoints(List<Event.Point> points) throws MlflowServer.Away {
    RunRef run = points.getFirst().run();
    String id = info(run).getRunId();
    Map<String, Long> steps = newest(run, id);
    List<Metric> fresh = new ArrayList<>();
    for (Event.Point point : points) {
      String name = MlflowLimits.name(point.name());
      if (steps.getOrDefault(name, Long.MIN_VALUE) < point.step()) {
        steps.put(name, point.step());
        fresh.add(metric(name, point));
      }
    }
    if (!fresh.isEmpty()) {
      call(client -> client.logBatch(id, fresh, List.of(), List.of()));
    }
  }

  /** How far each curve is on the server: MLflow keeps the point with the greatest step apart. */
  private Map<String, Long> newest(RunRef run, String id) throws MlflowServer.Away {
    Map<String, Long> steps = newest.get(run);
    if (steps == null) {
      steps = new HashMap<>();
      for (Metric metric : server.call(client -> client.getRun(id)).getData().getMetricsList()) {
        steps.put(metric.getKey(), metric.getStep());
      }
      newest.put(run, steps);
    }
    return steps;
  }

  private static Metric metric(String name, Event.Point point) {
    return Metric.newBuilder()
        .setKey(name)
        .setValue(point.value())
        .setTimestamp(point.atMillis())
        .setStep(point.step())
        .build();
  }

  private void call(Consumer<MlflowClient> request) throws MlflowServer.Away {
    server.call(
        client -> {
          request.accept(client);
          return true;
        });
  }

  private interface Request {
    void run() throws MlflowServer.Away;
  }
}
