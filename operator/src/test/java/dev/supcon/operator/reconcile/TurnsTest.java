package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnsTest {
  private static final int SHARE = Turns.SHARE;

  private final List<ResourceID> woken = new ArrayList<>();
  private final Turns turns = new Turns(woken::add);

  private static ResourceID experiment(String namespace, int number) {
    return new ResourceID("e" + number, namespace);
  }

  private int begun(String namespace, int experiments) {
    int begun = 0;
    for (int number = 0; number < experiments; number++) {
      begun += turns.begin(experiment(namespace, number), false) ? 1 : 0;
    }
    return begun;
  }

  @Test
  void aCrowdLeavesTurnsToOthers() {
    assertThat(begun("crowd", 1000)).isEqualTo(SHARE);
    assertThat(begun("other", 3)).isEqualTo(3);
  }

  @Test
  void whoWaitsIsWokenInTheOrderOfComing() {
    assertThat(begun("crowd", SHARE + 2)).isEqualTo(SHARE);
    turns.end(experiment("crowd", 0));
    turns.end(experiment("crowd", 1));
    turns.end(experiment("crowd", 2));

    assertThat(woken).containsExactly(experiment("crowd", SHARE), experiment("crowd", SHARE + 1));
    assertThat(turns.begin(experiment("crowd", SHARE), false)).isTrue();
  }

  @Test
  void whoWasWokenComesBeforeWhoComesThen() {
    assertThat(begun("crowd", SHARE + 2)).isEqualTo(SHARE);
    turns.end(experiment("crowd", 0));
    assertThat(turns.begin(experiment("crowd", 0), false)).as("two were there before").isFalse();
    assertThat(turns.begin(experiment("crowd", SHARE), false)).isTrue();
    turns.end(experiment("crowd", SHARE));
    turns.end(experiment("crowd", 1));

    assertThat(woken.stream().distinct())
        .containsExactly(
            experiment("crowd", SHARE), experiment("crowd", SHARE + 1), experiment("crowd", 0));
  }

  @Test
  void whoIsWokenInVainIsTheFirstToBeWokenAgain() {
    assertThat(begun("crowd", SHARE + 1)).isEqualTo(SHARE);
    turns.end(experiment("crowd", 0));
    assertThat(turns.begin(experiment("crowd", SHARE + 2), false)).as("nobody waits").isTrue();
    assertThat(turns.begin(experiment("crowd", SHARE + 3), false)).isFalse();
    assertThat(turns.begin(experiment("crowd", SHARE), false)).isFalse();
    turns.end(experiment("crowd", 1));

    assertThat(woken).containsExactly(experiment("crowd", SHARE), experiment("crowd", SHARE));
  }

  @Test
  void theTurnOfOneThatIsGoneIsTheNextOnes() {
    assertThat(begun("crowd", SHARE + 2)).isEqualTo(SHARE);
    turns.end(experiment("crowd", 0));
    turns.gone(experiment("crowd", SHARE));

    assertThat(woken).containsExactly(experiment("crowd", SHARE), experiment("crowd", SHARE + 1));
  }

  @Test
  void oneThatIsGoneIsNotWoken() {
    assertThat(begun("crowd", SHARE + 1)).isEqualTo(SHARE);
    turns.gone(experiment("crowd", SHARE));
    turns.end(experiment("crowd", 0));

    assertThat(woken).isEmpty();
  }

  @Test
  void ofThoseWhoWaitTheOnesWithStepsThatActAreWokenFirst() {
    assertThat(begun("crowd", SHARE + 2)).isEqualTo(SHARE);
    assertThat(turns.begin(experiment("crowd", 99), true)).isFalse();
    turns.end(experiment("crowd", 0));

    assertThat(woken).containsExactly(experiment("crowd", 99));
  }
}
