package dev.supcon.operator.status;

import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The next conditions; a time changes only when the condition's status does. */
final class ConditionList {
  private final ExperimentStatus previous;
  private final long generation;
  private final String now;
  private final Map<ConditionType, Condition> conditions = new EnumMap<>(ConditionType.class);

  ConditionList(ExperimentStatus previous, long generation, Instant now) {
    this.previous = previous;
    this.generation = generation;
    this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  ConditionList yes(ConditionType type, ConditionReason reason, String message) {
    return put(type, "True", reason, message);
  }

  ConditionList no(ConditionType type, ConditionReason reason, String message) {
    return put(type, "False", reason, message);
  }

  ConditionList unknown(ConditionType type, ConditionReason reason, String message) {
    return put(type, "Unknown", reason, message);
  }

  private ConditionList put(
      ConditionType type, String status, ConditionReason reason, String message) {
    String since =
        previous
            .condition(type.word())
            .filter(before -> before.status().equals(status))
            .map(Condition::lastTransitionTime)
            .orElse(now);
    conditions.put(
        type, new Condition(type.word(), status, reason.word(), message, since, generation));
    return this;
  }

  /** All of them, in the order of the types; what was not said stays as it was, or is unknown. */
  List<Condition> all() {
    return Arrays.stream(ConditionType.values()).map(this::one).toList();
  }

  private Condition one(ConditionType type) {
    return Optional.ofNullable(conditions.get(type))
        .or(() -> previous.condition(type.word()))
        .orElseGet(
            () ->
                new Condition(
                    type.word(),
                    "Unknown",
                    ConditionReason.NOT_YET.word(),
                    "nothing is known yet",
                    now,
                    generation));
  }
}
