package dev.supcon.operator.status;

import dev.supcon.operator.api.Links;
import dev.supcon.operator.api.StepStatus;

/** What MLflow shows of an experiment. */
final class TrackingCondition {
  private TrackingCondition() {}

  static void put(ConditionList conditions, Tracking tracking) {
    ConditionType type = ConditionType.TRACKING_SYNCED;
    switch (tracking.sync()) {
      case SYNCED -> conditions.yes(type, ConditionReason.SYNCED, tracking.message());
      case NOT_TRACKED -> conditions.yes(type, ConditionReason.NOT_TRACKED, tracking.message());
      case UNREACHABLE ->
          conditions.no(type, ConditionReason.MLFLOW_UNREACHABLE, tracking.message());
      case NOT_YET -> conditions.unknown(type, ConditionReason.NOT_YET, tracking.message());
    }
  }

  /** What is not known now is as it was. */
  static Links links(Links before, Links known) {
    return new Links(
        known.store() == null ? before.store() : known.store(),
        known.mlflow() == null ? before.mlflow() : known.mlflow());
  }

  static StepStatus withRun(StepStatus row, String run) {
    return new StepStatus(
        row.name(),
        row.kind(),
        row.key(),
        row.state(),
        row.reason(),
        row.message(),
        row.attempts(),
        row.usage(),
        row.progressPercent(),
        row.etaSeconds(),
        row.job(),
        row.leader(),
        run,
        row.artifact(),
        row.startedAt(),
        row.finishedAt());
  }
}
