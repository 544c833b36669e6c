package dev.supcon.services.track;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;

/** Tells events to an MLflow server, so that telling one twice leaves one trace. */
final class MlflowSender {
  private static final int MAX_METRICS = 1000; // log-batch refuses more
  private static final int MAX_PARAMS = 100;

  private final MlflowServer server;
  private final MlflowRuns runs;
  private final MlflowArtifacts artifacts;
  private final Consumer<String> notice;
  private final Map<RunRef, Map<String, Long>> newest = new HashMap<>(); // step by curve

  MlflowSender(MlflowServer server, MlflowArtifacts artifacts, Consumer<String> notice) {
    this.server = server;
    this.runs = new MlflowRuns(server);
    this.artifacts = artifacts;
    this.notice = notice;
  }

  /** In order; neighbouring points of one run go in one request. */
  void tell(List<Event> events) throws MlflowServer.Away {
    List<Event.Point> points = new ArrayList<>();
    for (Event event : events) {
      boolean full = points.size() == MAX_METRICS;
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
      notice.accept(
          "MLflow at %s refuses something of run %s: HTTP %d %s"
              .formatted(server.url(), run.title(), e.getStatusCode(), e.getBodyMessage()));
    } catch (MlflowServer.Away e) {
      newest.clear(); // the server may have done it all the same, so it is asked again
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
    return runs.of(run, 0);
  }

  private void begin(Event.Begin begin) throws MlflowServer.Away {
    String id = runs.of(begin.run(), begin.atMillis()).getRunId();
    call(client -> client.setTerminated(id, RunStatus.RUNNING, 0));
  }

  private void end(Event.End end) throws MlflowServer.Away {
    String id = info(end.run()).getRunId();
    RunStatus status = RunStatus.valueOf(end.ending().name());
    call(client -> client.setTerminated(id, status, end.atMillis()));
  }

  private void params(Event.Params event) throws MlflowServer.Away {
    String id = info(event.run()).getRunId();
    List<Param> params =
        event.params().entrySet().stream()
            .map(e -> Param.newBuilder().setKey(e.getKey()).setValue(e.getValue()).build())
            .toList();
    for (int i = 0; i < params.size(); i += MAX_PARAMS) {
      List<Param> some = params.subList(i, Math.min(i + MAX_PARAMS, params.size()));
      call(client -> client.logBatch(id, List.of(), some, List.of()));
    }
  }

  private void tellPoints(List<Event.Point> points) throws MlflowServer.Away {
    RunRef run = points.getFirst().run();
    String id = info(run).getRunId();
    Map<String, Long> steps = newest(run, id);
    List<Metric> fresh = new ArrayList<>();
    for (Event.Point point : points) {
      if (steps.getOrDefault(point.name(), Long.MIN_VALUE) < point.step()) {
        steps.put(point.name(), point.step());
        fresh.add(metric(point));
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

  private static Metric metric(Event.Point point) {
    return Metric.newBuilder()
        .setKey(point.name())
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
