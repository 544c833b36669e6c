package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnsTest {
  private final List<ResourceID> woken = new ArrayList<>();
  private final Turns turns = new Turns(woken::add);

  private static ResourceID experiment(String namespace, int number) {
    return new ResourceID("e" + number, namespace);
  }

  private int begun(String namespace, int experiments) {
    int begun = 0;
    for (int number = 0; number < experiments; number++) {
      begun += turns.begin(experiment(namespace, number)) ? 1 : 0;
    }
    return begun;
  }

  @Test
  void aCrowdLeavesTurnsToOthers() {
    assertThat(begun("crowd", 1000)).isEqualTo(12);
    assertThat(begun("other", 3)).isEqualTo(3);
  }

  @Test
  void whoWaitsIsWokenInTheOrderOfComing() {
    assertThat(begun("crowd", 14)).isEqualTo(12);
    turns.end(experiment("crowd", 0));
    turns.end(experiment("crowd", 1));
    turns.end(experiment("crowd", 2));

    assertThat(woken).containsExactly(experiment("crowd", 12), experiment("crowd", 13));
    assertThat(turns.begin(experiment("crowd", 12))).isTrue();
  }

  @Test
  void whoWasWokenComesBeforeWhoComesThen() {
    assertThat(begun("crowd", 14)).isEqualTo(12);
    turns.end(experiment("crowd", 0));
    assertThat(turns.begin(experiment("crowd", 0))).as("12 and 13 were there before").isFalse();
    assertThat(turns.begin(experiment("crowd", 12))).isTrue();
    turns.end(experiment("crowd", 12));
    turns.end(experiment("crowd", 1));

    assertThat(woken.stream().distinct())
        .containsExactly(experiment("crowd", 12), experiment("crowd", 13), experiment("crowd", 0));
  }

  @Test
  void whoIsWokenInVainIsTheFirstToBeWokenAgain() {
    assertThat(begun("crowd", 13)).isEqualTo(12);
    turns.end(experiment("crowd", 0));
    assertThat(turns.begin(experiment("crowd", 14))).as("nobody waits").isTrue();
    assertThat(turns.begin(experiment("crowd", 15))).isFalse();
    assertThat(turns.begin(experiment("crowd", 12))).isFalse();
    turns.end(experiment("crowd", 1));

    assertThat(woken).containsExactly(experiment("crowd", 12), experiment("crowd", 12));
  }

  @Test
  void theTurnOfOneThatIsGoneIsTheNextOnes() {
    assertThat(begun("crowd", 14)).isEqualTo(12);
    turns.end(experiment("crowd", 0));
    turns.gone(experiment("crowd", 12));

    assertThat(woken).containsExactly(experiment("crowd", 12), experiment("crowd", 13));
  }

  @Test
  void oneThatIsGoneIsNotWoken() {
    assertThat(begun("crowd", 13)).isEqualTo(12);
    turns.gone(experiment("crowd", 12));
    turns.end(experiment("crowd", 0));

    assertThat(woken).isEmpty();
  }
}
