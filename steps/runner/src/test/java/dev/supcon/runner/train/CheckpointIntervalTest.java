package dev.supcon.runner.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointIntervalTest {
  private static final CheckpointInterval FREE =
      new CheckpointInterval(Optional.empty(), Duration.ofHours(8));

  /** Young's sqrt(2 C M), by hand; the ends are a save of no time and one longer than M. */
  @ParameterizedTest
  @CsvSource({"20000, 1073312", "1000, 240000", "100, 75894", "1, 10000", "60000000, 28800000"})
  void itFollowsFromWhatASaveTakes(long saveMillis, long intervalMillis) {
    assertThat(FREE.after(Duration.ofMillis(saveMillis)).toMillis()).isEqualTo(intervalMillis);
  }

  @Test
  void aFixedOneStays() {
    CheckpointInterval fixed =
        new CheckpointInterval(Optional.of(Duration.ofSeconds(7)), Duration.ofHours(8));
    assertThat(fixed.first()).isEqualTo(Duration.ofSeconds(7));
    assertThat(fixed.after(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void theFirstComesAfterAMinute() {
    assertThat(FREE.first()).isEqualTo(Duration.ofMinutes(1));
  }
}
