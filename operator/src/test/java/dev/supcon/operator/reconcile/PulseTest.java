package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PulseTest {
  private final ManualClock clock = new ManualClock();
  private final Pulse pulse = new Pulse(clock);

  private void write() {
    clock.pass(1);
    pulse.wrote(clock.instant());
  }

  @Test
  void writesThatAreNotSeenForThreeBeatsMeanThatTheWatchIsDeaf() {
    write();
    clock.pass(90);
    assertThat(pulse.deaf()).isFalse();
    clock.pass(1);
    assertThat(pulse.deaf()).isTrue();
  }

  @Test
  void laterWritesDoNotBeginTheWaitAnew() {
    write();
    clock.pass(60);
    write();
    clock.pass(40);
    assertThat(pulse.deaf()).isTrue();
  }

  @Test
  void whatIsSeenEndsTheWait() {
    write();
    clock.pass(60);
    pulse.heard();
    clock.pass(60);
    assertThat(pulse.deaf()).isFalse();
    assertThat(pulse.age()).hasSeconds(60);
  }

  /** The API server is away: a restart of ours would not end that. */
  @Test
  void withoutWritesNothingIsMissed() {
    clock.pass(10_000);
    assertThat(pulse.deaf()).isFalse();
  }

  @Test
  void aWriteThatIsSeenBeforeItsAnswerComesIsSeen() {
    clock.pass(1);
    var before = clock.instant();
    clock.pass(1);
    pulse.heard();
    pulse.wrote(before);
    clock.pass(1000);
    assertThat(pulse.deaf()).isFalse();
  }
}
