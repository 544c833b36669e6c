package dev.supcon.operator.status;

import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.StepStatus.State;
import dev.supcon.operator.api.Usage;
import dev.supcon.operator.observe.Progress;
import dev.supcon.operator.observe.StepState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a step is and how long it will still take. */
record StepPace(@Nullable Integer percent, @Nullable Long etaSeconds) {
  private static final double ENOUGH_TO_TELL = 0.01;

  static StepPace of(StepState seen, State state, Usage usage, Optional<StepStatus> before) {
    if (state.done()) {
      return new StepPace(100, null);
    }
    Optional<Integer> earlier = before.map(StepStatus::progressPercent);
    if (!(seen instanceof StepState.Running running) || running.progress().isEmpty()) {
      return new StepPace(earlier.orElse(null), null);
    }
    Progress progress = running.progress().get();
    int percent = (int) (100 * Math.max(0, Math.min(1, progress.fraction())));
    return earlier.filter(known -> known == percent).isPresent()
        ? new StepPace(percent, before.map(StepStatus::etaSeconds).orElse(null))
        : new StepPace(percent, eta(progress.fraction(), usage));
  }

  /** By the pace of all attempts together: a resumed one does not begin at nothing. */
  private static @Nullable Long eta(double fraction, Usage usage) {
    return fraction < ENOUGH_TO_TELL || fraction > 1 || usage.runSeconds() == 0
        ? null
        : Math.round(usage.runSeconds() * (1 - fraction) / fraction);
  }
}
