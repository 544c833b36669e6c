package dev.supcon.runner.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CollapseMonitorTest {

  @Test
  void aLossThatStaysAtThatOfEqualAnswersIsWarnedOf() {
    CollapseMonitor monitor = new CollapseMonitor(2, 3);
    monitor.see(2.001);
    monitor.see(1.99);
    assertThat(monitor.warning()).isEmpty();
    monitor.see(2);
    assertThat(monitor.warning()).isPresent();
    monitor.see(1.9);
    assertThat(monitor.warning()).isEmpty();
  }

  /** A triplet loss without a margin is 0 for equal answers, and at its best. */
  @Test
  void aLossOfZeroIsNoCollapse() {
    CollapseMonitor monitor = new CollapseMonitor(0, 1);
    monitor.see(0);
    assertThat(monitor.warning()).isEmpty();
  }
}
