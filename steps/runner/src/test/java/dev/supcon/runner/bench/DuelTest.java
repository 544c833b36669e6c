package dev.supcon.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DuelTest {
  /** The machine became ten times slower after the first round, for both. */
  private static final Duel DRIFTING =
      new Duel(List.of(turn(10), turn(100), turn(100)), List.of(turn(20), turn(200), turn(300)));

  private static Turn turn(double milliseconds) {
    return new Turn(milliseconds, 2 * milliseconds, 0);
  }

  @Test
  void sidesAreComparedWithinARoundSoThatADriftCancels() {
    Ratio ratio = DRIFTING.lines("train", "small", "views", 256).getFirst().ratio();

    assertThat(ratio).isEqualTo(new Ratio(2, 2, 3));
  }

  @Test
  void aSpeedIsTheUnitsOfAStepInASecond() {
    BenchLine line = DRIFTING.lines("train", "small", "views", 256).getFirst();

    assertThat(line.unit()).isEqualTo("views/s");
    assertThat(line.value()).isEqualTo(2560);
    assertThat(line.peerValue()).isEqualTo(1280);
  }

  @Test
  void processorTimeIsALineOfItsOwn() {
    BenchLine line = DRIFTING.lines("train", "small", "views", 256).getLast();

    assertThat(line.unit()).isEqualTo("processor ms/step");
    assertThat(line.value()).isEqualTo(200);
  }

  @Test
  void theWorstTurnDecidesHowIdleTheSidesWere() {
    Duel duel = new Duel(List.of(turn(1)), List.of(new Turn(1, 1, 0.75)));

    assertThat(duel.idleLoad()).isEqualTo(0.75);
  }

  @Test
  void sidesOfUnequalTurnsAreRefused() {
    assertThatThrownBy(() -> new Duel(List.of(turn(1)), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
