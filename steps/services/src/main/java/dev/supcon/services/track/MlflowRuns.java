package dev.supcon.services.track;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.RunInfo;
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

  private String experiment(String name) throws MlflowServer.Away {
    String there = experiments.get(name);
    if (there == null) {
      there = server.call(client -> experiment(client, name));
      experiments.put(name, there);
    }
    return there;
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

  private Optional<RunInfo> find(String experiment, RunRef run) throws MlflowServer.Away {
    String filter =
        run.identity().entrySet().stream()
            .map(tag -> "tags.\"%s\" = '%s'".formatted(tag.getKey(), quoted(tag.getValue())))
            .collect(Collectors.joining(" and "));
    return server.call(
        client ->
            client
                .searchRuns(List.of(experiment), filter, ViewType.ACTIVE_ONLY, ENOUGH)
                .getItems()
                .stream()
                .map(found -> found.getInfo())
                .min(Comparator.comparing(RunInfo::getStartTime).thenComparing(RunInfo::getRunId)));
  }

  private static String quoted(String value) {
    return value.replace("'", "_"); // MLflow's filter has no escape for it
  }

  /** Of two processes that make the same run at once, the later removes its own. */
  private RunInfo made(String experiment, RunRef run, long beganMillis) throws MlflowServer.Away {
    CreateRun.Builder request =
        CreateRun.newBuilder()
            .setExperimentId(experiment)
            .setRunName(run.title())
            .setStartTime(beganMillis);
    run.identity().forEach((name, value) -> request.addTags(tag(name, quoted(value))));
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
    return RunTag.newBuilder().setKey(name).setValue(value).build();
  }
}
