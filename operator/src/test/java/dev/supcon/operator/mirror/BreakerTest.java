package dev.supcon.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BreakerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final Breaker breaker = new Breaker();

  @Test
  void itOpensAtTheFirstFailure() {
    assertThat(breaker.closed()).isTrue();
    breaker.failed(NOW);
    assertThat(breaker.closed()).isFalse();
  }

  @Test
  void pausesDoubleUpToHalfAMinute() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      breaker.failed(NOW);
      pauses.add(Duration.between(NOW, breaker.nextTry()).toSeconds());
    }

    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  @Test
  void anAnswerClosesItAndTheNextPauseIsShortAgain() {
    breaker.failed(NOW);
    breaker.failed(NOW);
    breaker.answered();
    assertThat(breaker.closed()).isTrue();
    breaker.failed(NOW);

    assertThat(breaker.nextTry()).isEqualTo(NOW.plusSeconds(1));
  }
}
