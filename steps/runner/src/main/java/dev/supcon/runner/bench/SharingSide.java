package dev.supcon.runner.bench;

import java.time.Duration;
import java.util.List;

/** One of two sides in the same process: its processor time is that of its own steps. */
final class SharingSide implements Contestant {
  private final OurSide side;
  private Duration used = Duration.ZERO;

  SharingSide(Runnable step) {
    this.side = new OurSide(step);
  }

  @Override
  public List<Double> steps(int count) {
    Duration before = side.processorTime();
    List<Double> milliseconds = side.steps(count);
    used = used.plus(side.processorTime().minus(before));
    return milliseconds;
  }

  @Override
  public Duration processorTime() {
    return used;
  }
}
