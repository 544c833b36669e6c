package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class SlotsTest {
  private final ManualClock clock = new ManualClock();
  private final Slots slots = new Slots(clock);

  private record Shown(Set<String> active, Set<String> over) implements Slots.Jobs {
    @Override
    public Set<String> active(String namespace) {
      return active;
    }

    @Override
    public boolean ended(String namespace, String job) {
      return over.contains(job);
    }
  }

  private static final Shown NOTHING = new Shown(Set.of(), Set.of());

  @Test
  void jobsThatActTakeSlots() {
    assertThat(slots.free("team", 3, new Shown(Set.of("a"), Set.of("b")))).isEqualTo(2);
  }

  @Test
  void aJobThatNoCacheShowsYetCountsOnce() {
    slots.take("team", "a");
    assertThat(slots.free("team", 3, NOTHING)).isEqualTo(2);
    assertThat(slots.free("team", 3, new Shown(Set.of("a"), Set.of()))).isEqualTo(2);
    assertThat(slots.free("team", 3, new Shown(Set.of(), Set.of("a")))).isEqualTo(3);
  }

  @Test
  void aJobThatIsNeverSeenIsForgotten() {
    slots.take("team", "a");
    clock.pass(61);
    assertThat(slots.free("team", 3, NOTHING)).isEqualTo(3);
  }

  @Test
  void whatIsGivenBackIsFree() {
    slots.take("team", "a");
    slots.giveBack("team", "a");
    assertThat(slots.free("team", 1, NOTHING)).isEqualTo(1);
  }

  @Test
  void namespacesDoNotTakeEachOthersSlots() {
    slots.take("team", "a");
    assertThat(slots.free("other", 1, NOTHING)).isEqualTo(1);
  }

  @Test
  void aLowerLimitFreesNothing() {
    assertThat(slots.free("team", 1, new Shown(Set.of("a", "b"), Set.of()))).isZero();
  }
}
