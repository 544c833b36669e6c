package dev.supcon.services.track;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;

/** Finds runs by their tags, and makes those that are not there. */
final class MlflowRuns {
  private static final int ENOUGH = 50;

  private final MlflowServer server;
  private final Map<String, String> experiments = new HashMap<>();
  private final Map<RunRef, RunInfo> known = new HashMap<>();

  MlflowRuns(MlflowServer server) {
    this.server = server;
  }

  RunInfo of(RunRef run, long beganMillis) throws MlflowServer.Away {
    RunInfo there = known.get(run);
    if (there != null) {
      return there;
    }
    String experiment = experiment(run.name().experiment());
    Optional<RunInfo> found = find(experiment, run);
    RunInfo info = found.isPresent() ? found.get() : made(experiment, run, beganMillis);
    known.put(run, info);
    return info;
  }

  /** After an outage the server may know other runs than before. */
  void forget() {
    experiments.clear();
    known.clear();
  }

  private String experiment(String name) throws MlflowServer.Away {
    String there = experiments.get(name);
    if (there == null) {
      there = server.call(client -> experiment(client, name));
      experiments.put(name, there);
    }
    return there;
  }

  /** The newest attempt's run by the step's name. */
  Map<String, String> newest(RunRef parent) throws MlflowServer.Away {
    String experiment = experiment(parent.name().experiment());
    Map<String, Run> newest = new HashMap<>();
    for (Run run : found(experiment, filter(parent.attempts()))) {
      run.getData().getTagsList().stream()
          .filter(tag -> tag.getKey().equals(RunRef.STEP))
          .forEach(tag -> newest.merge(tag.getValue(), run, MlflowRuns::later));
    }
    Map<String, String> ids = new HashMap<>();
    newest.forEach((step, run) -> ids.put(step, run.getInfo().getRunId()));
    return ids;
  }

  private static Run later(Run one, Run other) {
    return one.getInfo().getStartTime() < other.getInfo().getStartTime() ? other : one;
  }

  private static String experiment(MlflowClient client, String name) {
    Optional<Experiment> found = client.getExperimentByName(name);
    if (found.isPresent()) {
      return restored(client, found.get());
    }
    try {
      return client.createExperiment(name);
    } catch (MlflowHttpException e) { // another process was faster
      return client.getExperimentByName(name).orElseThrow(() -> e).getExperimentId();
    }
  }

  /** A deleted experiment keeps its name, so nothing could be told under it. */
  private static String restored(MlflowClient client, Experiment experiment) {
    if (experiment.getLifecycleStage().equals("deleted")) {
      client.restoreExperiment(experiment.getExperimentId());
    }
    return experiment.getExperimentId();
  }

  /** The run, if it is there. */
  Optional<RunInfo> find(RunRef run) throws MlflowServer.Away {
    return find(experiment(run.name().experiment()), run);
  }

  private Optional<RunInfo> find(String experiment, RunRef run) throws MlflowServer.Away {
    return search(experiment, filter(run.identity())).stream()
        .min(Comparator.comparing(RunInfo::getStartTime).thenComparing(RunInfo::getRunId));
  }

  private static String filter(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(e -> "tags.\"%s\" = '%s'".formatted(e.getKey(), MlflowLimits.tag(e.getValue())))
        .collect(Collectors.joining(" and "));
  }

  private List<RunInfo> search(String experiment, String filter) throws MlflowServer.Away {
    return found(experiment, filter).stream().map(Run::getInfo).toList();
  }

  private List<Run> found(String experiment, String filter) throws MlflowServer.Away {
    return server.call(
        client ->
            client
                .searchRuns(List.of(experiment), filter, ViewType.ACTIVE_ONLY, ENOUGH)
                .getItems());
  }

  /** All attempts in an experiment's run that have not said their end: the run's id by attempt. */
  Map<String, String> open(RunRef parent) throws MlflowServer.Away {
    String experiment = experiment(parent.name().experiment());
    String filter = filter(parent.attempts()) + " and attributes.status = 'RUNNING'";
    Map<String, String> open = new HashMap<>();
    for (Run run : found(experiment, filter)) {
      run.getData().getTagsList().stream()
          .filter(tag -> tag.getKey().equals(RunRef.ATTEMPT))
          .forEach(tag -> open.put(tag.getValue(), run.getInfo().getRunId()));
    }
    return open;
  }

  /** Earlier attempts at the same step that could not say their end: a step has one at a time. */
  List<RunInfo> died(RunRef attempt, long beganMillis) throws MlflowServer.Away {
    Map<String, String> tags = attempt.identity();
    tags.remove(RunRef.ATTEMPT);
    String filter = filter(tags) + " and attributes.status = 'RUNNING'";
    String own = of(attempt, beganMillis).getRunId();
    return search(experiment(attempt.name().experiment()), filter).stream()
        .filter(run -> run.getStartTime() <= beganMillis && !run.getRunId().equals(own))
        .toList();
  }

  /** Of two processes that make the same run at once, the later removes its own. */
  private RunInfo made(String experiment, RunRef run, long beganMillis) throws MlflowServer.Away {
    CreateRun.Builder request =
        CreateRun.newBuilder()
            .setExperimentId(experiment)
            .setRunName(run.title())
            .setStartTime(beganMillis)
            .addTags(tag("mlflow.source.name", "supcon"));
    run.identity().forEach((name, value) -> request.addTags(tag(name, value)));
    if (run.nested()) {
      request.addTags(tag("supcon.key", run.key()));
      request.addTags(tag("mlflow.parentRunId", of(run.parent(), beganMillis).getRunId()));
    }
    RunInfo made = server.call(client -> client.createRun(request.build()));
    RunInfo first = find(experiment, run).orElse(made);
    if (!first.getRunId().equals(made.getRunId())) {
      server.call(
          client -> {
            client.deleteRun(made.getRunId());
            return first;
          });
    }
    return first;
  }

  private static RunTag tag(String name, String value) {
    return RunTag.newBuilder().setKey(name).setValue(MlflowLimits.tag(value)).build();
  }

  void tag(String id, String name, String value) throws MlflowServer.Away {
    server.call(
        client -> {
          client.setTag(id, name, MlflowLimits.tag(value));
          return id;
        });
  }

  void status(String id, RunStatus status, long endMillis) throws MlflowServer.Away {
    server.call(
        client -> {
          client.setTerminated(id, status, endMillis);
          return id;
        });
  }
}
