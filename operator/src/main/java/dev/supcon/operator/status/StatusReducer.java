package dev.supcon.operator.status;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.spec.Violation;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.ExperimentStatus.Result;
import dev.supcon.operator.api.Links;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.decide.PlanHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the next status of the previous one and what a reconcile saw: a pure function. */
public final class StatusReducer {
  private static final double SECONDS_PER_HOUR = 3600;

  private final ExperimentStatus previous;
  private final long generation;
  private final Instant now;
  private final ConditionList conditions;

  private StatusReducer(ExperimentStatus previous, long generation, Instant now) {
    this.previous = previous;
    this.generation = generation;
    this.now = now;
    this.conditions = new ConditionList(previous, generation, now);
  }

  /**
   * The next status but for what the tracking server shows, which stays as it was; equal to the
   * previous one where nothing has changed.
   */
  public static ExperimentStatus next(
      ExperimentStatus previous, long generation, Outlook outlook, Instant now) {
    StatusReducer reducer = new StatusReducer(previous, generation, now);
    return switch (outlook) {
      case Outlook.Rejected rejected -> reducer.rejected(rejected);
      case Outlook.Unconfigured unconfigured ->
          reducer.stalled(ConditionReason.NOT_CONFIGURED, unconfigured.message());
      case Outlook.Missing missing ->
          reducer.stalled(ConditionReason.DEPENDENCY_MISSING, missing.message());
      case Outlook.Resolving resolving -> reducer.resolving(resolving);
      case Outlook.Planned planned -> reducer.planned(planned);
    };
  }

  /** The same status with what MLflow shows of the experiment now. */
  public static ExperimentStatus tracked(
      ExperimentStatus previous, Tracking tracking, Instant now) {
    StatusReducer reducer = new StatusReducer(previous, previous.observedGeneration(), now);
    TrackingCondition.put(reducer.conditions, tracking);
    List<StepStatus> steps =
        previous.steps().stream()
            .map(
                row ->
                    Optional.ofNullable(tracking.runs().get(row.name()))
                        .map(run -> TrackingCondition.withRun(row, run))
                        .orElse(row))
            .toList();
    Links links = TrackingCondition.links(previous.links(), tracking.links());
    return reducer.status(previous.result(), steps, previous, links);
  }

  private ExperimentStatus rejected(Outlook.Rejected rejected) {
    String lines =
        rejected.violations().stream().map(Violation::line).collect(Collectors.joining(" | "));
    conditions
        .no(ConditionType.RECONCILING, ConditionReason.INVALID_SPEC, "the spec is refused")
        .yes(ConditionType.STALLED, ConditionReason.INVALID_SPEC, lines)
        .no(ConditionType.SUSPENDED, ConditionReason.NOT_SUSPENDED, "")
        .no(ConditionType.COMPLETE, ConditionReason.INVALID_SPEC, lines);
    if (!rejected.quiet()) {
      notFinished(ConditionReason.STALLED, "the spec is refused; what runs is being stopped");
      return status(null, previous.steps(), previous);
    }
    conditions
        .yes(ConditionType.FAILED, ConditionReason.INVALID_SPEC, lines)
        .yes(ConditionType.FINISHED, ConditionReason.FAILED, lines);
    return status(Result.FAILED, previous.steps(), previous);
  }

  /** There is no plan, and none comes without a person. */
  private ExperimentStatus stalled(ConditionReason reason, String why) {
    conditions
        .no(ConditionType.RECONCILING, reason, why)
        .yes(ConditionType.STALLED, reason, why)
        .no(ConditionType.SUSPENDED, ConditionReason.NOT_SUSPENDED, "")
        .no(ConditionType.COMPLETE, ConditionReason.NOT_FINISHED, why);
    notFinished(ConditionReason.STALLED, why);
    return status(null, previous.steps(), previous);
  }

  private ExperimentStatus resolving(Outlook.Resolving resolving) {
    ConditionReason reason =
        resolving.answering() ? ConditionReason.RESOLVING : ConditionReason.STORE_UNREACHABLE;
    String what = resolving.message();
    conditions
        .yes(ConditionType.RECONCILING, reason, what)
        .no(ConditionType.STALLED, ConditionReason.PROGRESSING, what)
        .no(ConditionType.SUSPENDED, ConditionReason.NOT_SUSPENDED, "")
        .no(ConditionType.COMPLETE, ConditionReason.NOT_FINISHED, what);
    notFinished(reason, what);
    return status(null, previous.steps(), previous);
  }

  private void notFinished(ConditionReason reason, String message) {
    conditions
        .no(ConditionType.FAILED, ConditionReason.NOT_FINISHED, message)
        .no(ConditionType.FINISHED, reason, message);
  }

  private ExperimentStatus planned(Outlook.Planned planned) {
    List<StepRow> rows = planned.plan().steps().stream().map(step -> row(planned, step)).toList();
    StepTable table = new StepTable(rows);
    new PlannedConditions(planned, table, conditions).put();
    ExperimentStatus known =
        new ExperimentStatus(
            generation,
            List.of(),
            null,
            null,
            0,
            0L,
            0.0,
            Headline.of(planned.decision().moves().values()),
            List.of(),
            PlanHash.of(planned.plan()),
            planned.resolved(),
            previous.links());
    return status(table.result(planned.decision().quiet()), table.statuses(), known);
  }

  private StepRow row(Outlook.Planned planned, PlannedStep step) {
    String name = step.name();
    return new StepRow(
        step,
        planned.decision().move(name),
        planned.seen().step(name).state(),
        planned.decision().account(name),
        previous.step(name).filter(row -> row.key().equals(step.key().hex())),
        now);
  }

  /** With the sums over the steps; what is about the plan is taken from {@code known}. */
  private ExperimentStatus status(
      @Nullable Result result, List<StepStatus> steps, ExperimentStatus known) {
    return status(result, steps, known, previous.links());
  }

  private ExperimentStatus status(
      @Nullable Result result, List<StepStatus> steps, ExperimentStatus known, Links links) {
    long gpuSeconds = steps.stream().mapToLong(step -> step.usage().gpuSeconds()).sum();
    return new ExperimentStatus(
        generation,
        conditions.all(),
        result,
        StepTable.active(steps),
        StepTable.percent(steps),
        gpuSeconds,
        Math.round(100 * gpuSeconds / SECONDS_PER_HOUR) / 100.0,
        known.metrics(),
        steps,
        known.planHash(),
        known.resolved(),
        links);
  }
}
