package dev.supcon.operator.status;

import dev.supcon.operator.api.ExperimentStatus.Result;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.StepStatus.State;
import dev.supcon.operator.decide.Move;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of all steps, and what they say together. */
final class StepTable {
  private static final Set<State> ACTING =
      EnumSet.of(State.PENDING, State.RUNNING, State.VERIFYING, State.NODE_LOST);

  private final List<StepStatus> statuses;
  private final boolean hopeless;

  StepTable(List<StepRow> rows) {
    this.statuses = rows.stream().map(StepRow::status).toList();
    this.hopeless =
        statuses.stream().anyMatch(row -> row.state() == State.FAILED)
            && rows.stream().allMatch(row -> row.hopeless() || done(row));
  }

  private static boolean done(StepRow row) {
    return row.move() instanceof Move.Done;
  }

  List<StepStatus> statuses() {
    return statuses;
  }

  /** How it ended; null while something may still happen. */
  @Nullable Result result(boolean quiet) {
    if (!quiet) {
      return null;
    }
    if (statuses.stream().allMatch(row -> row.state().done())) {
      return Result.SUCCEEDED;
    }
    return hopeless ? Result.FAILED : null;
  }

  Optional<StepStatus> first(State state) {
    return statuses.stream().filter(row -> row.state() == state).findFirst();
  }

  Optional<StepStatus> firstBecause(String reason) {
    return statuses.stream().filter(row -> row.reason().equals(reason)).findFirst();
  }

  /** A row in one line, such as {@code pretrain: Unschedulable: no node takes the pod}. */
  static String line(StepStatus row) {
    return row.name()
        + ": "
        + row.reason()
        + Optional.ofNullable(row.message()).map(": "::concat).orElse("");
  }

  static @Nullable String active(List<StepStatus> statuses) {
    String names =
        statuses.stream()
            .filter(row -> ACTING.contains(row.state()))
            .map(StepStatus::name)
            .collect(Collectors.joining(","));
    return names.isEmpty() ? null : names;
  }

  static int percent(List<StepStatus> statuses) {
    return (int)
        statuses.stream()
            .mapToInt(row -> Optional.ofNullable(row.progressPercent()).orElse(0))
            .average()
            .orElse(0);
  }
}
