package dev.supcon.runner.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** This process's side: a step to be timed. */
record OurSide(Runnable step) implements Contestant {

  /** Runs the step until it is compiled, its kernels are chosen and its memory is claimed. */
  OurSide warm(int steps) {
    steps(steps);
    return this;
  }

  @Override
  public List<Double> steps(int count) {
    List<Double> milliseconds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      step.run();
      milliseconds.add((System.nanoTime() - begin) / 1e6);
    }
    return milliseconds;
  }

  @Override
  public Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
