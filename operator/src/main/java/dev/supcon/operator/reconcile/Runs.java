package dev.supcon.operator.reconcile;

import dev.supcon.contract.step.Leaves;
import dev.supcon.contract.step.RunContext;
import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.Links;
import dev.supcon.operator.api.Metric;
import dev.supcon.operator.mirror.RunWish;
import dev.supcon.operator.mirror.Told;
import dev.supcon.operator.mirror.Unknown;
import dev.supcon.operator.mirror.Whereabouts;
import dev.supcon.operator.status.Tracking;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An experiment's status as a wish to the tracking server, and its answer as the status has it. */
final class Runs {
  private Runs() {}

  /**
   * What the server is to know.
   *
   * @param params the spec's values by their paths
   * @param status one that has a plan
   * @param attempts of the experiment's own Jobs
   */
  static RunWish wish(
      Subject subject,
      Map<String, String> params,
      ExperimentStatus status,
      Whereabouts where,
      Attempts attempts) {
    return new RunWish(
        context(subject, String.valueOf(status.planHash())),
        params,
        links(subject, status, where),
        status.metrics().stream()
            .collect(Collectors.toMap(Metric::name, Metric::value, (one, same) -> one)),
        attempts.ended(),
        attempts.live(),
        end(status));
  }

  /** The words by which the pods find the run too: see the order in a Job's annotation. */
  private static RunContext context(Subject subject, String planHash) {
    return new RunContext(
        subject.namespace() + "/" + subject.name(),
        Map.of("supcon.uid", subject.uid(), "supcon.plan", planHash));
  }

  private static Map<String, String> links(
      Subject subject, ExperimentStatus status, Whereabouts where) {
    Map<String, String> links = new TreeMap<>();
    links.put("supcon.namespace", subject.namespace());
    links.put("supcon.name", subject.name());
    links.put("supcon.store", where.store());
    status.steps().stream()
        .filter(step -> step.state().done())
        .forEach(
            step ->
                links.put(
                    "supcon.result." + step.name(), where.store() + "/steps/" + step.key() + "/"));
    return links;
  }

  private static RunWish.End end(ExperimentStatus status) {
    if (status.result() == null) {
      return RunWish.End.RUNNING;
    }
    return status.result() == ExperimentStatus.Result.SUCCEEDED
        ? RunWish.End.FINISHED
        : RunWish.End.FAILED;
  }

  /** The experiment is gone: its run ends with it. */
  static RunWish killed(Subject subject, Whereabouts where) {
    Map<String, String> params = Leaves.of(subject.experiment().getSpec());
    RunWish last = wish(subject, params, subject.previous(), where, Attempts.NONE);
    return new RunWish(
        last.run(),
        last.params(),
        last.links(),
        last.metrics(),
        last.attempts(),
        last.live(),
        RunWish.End.KILLED);
  }

  /** Whether a run was begun that nobody has ended. */
  static boolean open(ExperimentStatus status) {
    return status.planHash() != null && (status.result() == null || !synced(status));
  }

  private static boolean synced(ExperimentStatus status) {
    return status.condition("TrackingSynced").filter(Condition::holds).isPresent();
  }

  /**
   * The answer as the reducer takes it. What was in step stays so while the next words are on their
   * way; but at the end it must be said for certain.
   */
  static Tracking tracking(
      Told told, ExperimentStatus previous, boolean finished, Whereabouts where) {
    return switch (told) {
      case Told.NotTracked ignored ->
          tracking(
              Tracking.Sync.NOT_TRACKED, "the namespace has no MLflow", Told.Page.EMPTY, where);
      case Told.Synced synced ->
          tracking(Tracking.Sync.SYNCED, "MLflow has everything", synced.page(), where);
      case Told.Behind behind when behind.reason().why() != Unknown.Why.ASKED ->
          tracking(Tracking.Sync.UNREACHABLE, behind.reason().detail(), behind.page(), where);
      case Told.Behind behind when synced(previous) && !finished ->
          tracking(Tracking.Sync.SYNCED, "MLflow has everything", behind.page(), where);
      case Told.Behind behind ->
          tracking(Tracking.Sync.NOT_YET, "MLflow is being told", behind.page(), where);
    };
  }

  /** Before there is a plan, there is nothing to track. */
  static Tracking none(Optional<Whereabouts> where) {
    return where
        .map(known -> tracking(Tracking.Sync.NOT_YET, "no plan yet", Told.Page.EMPTY, known))
        .orElseGet(() -> new Tracking(Tracking.Sync.NOT_YET, "no plan yet", Links.NONE, Map.of()));
  }

  private static Tracking tracking(
      Tracking.Sync sync, String message, Told.Page page, Whereabouts where) {
    String run = page.url().isEmpty() ? null : page.url();
    return new Tracking(sync, message, new Links(where.store(), run), page.runs());
  }
}
