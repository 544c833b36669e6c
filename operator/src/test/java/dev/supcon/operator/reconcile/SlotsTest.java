package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SlotsTest {
  private final ManualClock clock = new ManualClock();
  private final Slots slots = new Slots(clock);

  private static Job job(String name) {
    return new JobBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private static Job ended(String name, String how) {
    return new JobBuilder(job(name))
        .withNewStatus()
        .addNewCondition()
        .withType(how)
        .withStatus("True")
        .withLastTransitionTime("2026-01-01T00:00:00Z")
        .endCondition()
        .endStatus()
        .build();
  }

  @Test
  void jobsThatActTakeSlots() {
    assertThat(slots.free("team", 3, List.of(job("a"), ended("b", "Complete")))).isEqualTo(2);
  }

  @Test
  void aJobThatNoCacheShowsYetCountsOnce() {
    slots.take("team", "a");
    assertThat(slots.free("team", 3, List.of())).isEqualTo(2);
    assertThat(slots.free("team", 3, List.of(job("a")))).isEqualTo(2);
    assertThat(slots.free("team", 3, List.of(ended("a", "Failed")))).isEqualTo(3);
  }

  @Test
  void aJobThatIsNeverSeenIsForgotten() {
    slots.take("team", "a");
    clock.pass(61);
    assertThat(slots.free("team", 3, List.of())).isEqualTo(3);
  }

  @Test
  void whatIsGivenBackIsFree() {
    slots.take("team", "a");
    slots.giveBack("team", "a");
    assertThat(slots.free("team", 1, List.of())).isEqualTo(1);
  }

  @Test
  void namespacesDoNotTakeEachOthersSlots() {
    slots.take("team", "a");
    assertThat(slots.free("other", 1, List.of())).isEqualTo(1);
  }

  @Test
  void aLowerLimitFreesNothing() {
    assertThat(slots.free("team", 1, List.of(job("a"), job("b")))).isZero();
  }
}
