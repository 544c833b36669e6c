package dev.supcon.operator.status;

import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a new status says that something was decided, has begun, has failed, or that all has
 * ended. The rest, such as that a pod runs now, how far it is, why it does not start, or that a
 * step has ended well while others go on, may be told a little later, most of it with what begins
 * then.
 */
public final class Urgency {
  private Urgency() {}

  /**
   * @param before the status that is stored
   */
  public static boolean of(ExperimentStatus before, ExperimentStatus after) {
    return !essence(before).equals(essence(after));
  }

  private static List<Object> essence(ExperimentStatus status) {
    return Arrays.asList(
        status.observedGeneration(),
        status.conditions().stream()
            .map(condition -> condition.type() + condition.status())
            .toList(),
        status.result(),
        status.steps().stream().map(Urgency::essence).toList(),
        status.planHash(),
        status.resolved());
  }

  private static List<Object> essence(StepStatus step) {
    return switch (step.state()) {
      case PENDING, RUNNING, VERIFYING, SUCCEEDED ->
          Arrays.asList(step.name(), step.key(), step.attempts(), step.job(), step.leader());
      case WAITING, CACHED, FAILED, SUSPENDED, NODE_LOST, UNKNOWN -> List.of(step);
    };
  }
}
