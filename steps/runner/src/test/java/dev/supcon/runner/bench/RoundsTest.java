package dev.supcon.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {
  private final List<String> order = new ArrayList<>();

  @Test
  void theSidesTakeTurnsAndWeBegin() {
    new Rounds(2, 3).run(new Scripted("ours", 1), new Scripted("theirs", 2));

    assertThat(order).containsExactly("ours 3", "theirs 3", "ours 3", "theirs 3");
  }

  @Test
  void aTurnIsTheMedianOfItsSteps() {
    Duel duel = new Rounds(1, 3).run(new Scripted("ours", 1), new Scripted("theirs", 2));

    assertThat(duel.ours().getFirst().milliseconds()).isEqualTo(1);
    assertThat(duel.theirs().getFirst().milliseconds()).isEqualTo(2);
  }

  @Test
  void stepsOfThisProcessAreTimedOneByOne() {
    int[] taken = {0};

    List<Double> milliseconds = new OurSide(() -> taken[0]++).warm(2).steps(3);

    assertThat(taken[0]).isEqualTo(5);
    assertThat(milliseconds).hasSize(3).allSatisfy(each -> assertThat(each).isNotNegative());
  }

  /** A side whose every step takes as long as it was told, without taking it. */
  private final class Scripted implements Contestant {
    private final String name;
    private final double milliseconds;

    Scripted(String name, double milliseconds) {
      this.name = name;
      this.milliseconds = milliseconds;
    }

    @Override
    public List<Double> steps(int count) {
      order.add(name + " " + count);
      return Collections.nCopies(count, milliseconds);
    }

    @Override
    public Duration processorTime() {
      return Duration.ZERO;
    }
  }
}
