package dev.supcon.runner.bench;

import dev.supcon.runner.train.ResidentSet;

/**
 * Peak memory of training steps beyond what a process has that holds the library, the network and
 * the optimizer's state and has taken a step with four rows: the growth of the resident set's
 * high-water mark.
 */
public final class TrainPeak {
  private static final int STEPS = 3;

  private TrainPeak() {}

  /** Prints the megabytes; the arguments are a {@link Workload}'s. */
  public static void main(String[] arguments) {
    Workload workload = Workload.parse(arguments);
    try (TrainStep step = new TrainStep(workload)) {
      step.small();
      ResidentSet.forgetPeak();
      double before = ResidentSet.peakMegabytes();
      for (int i = 0; i < STEPS; i++) {
        step.run();
      }
      System.out.println(ResidentSet.peakMegabytes() - before);
    }
  }

  /** Measures in a JVM with this one's options and environment, in MB. */
  static double inFreshProcess(Workload workload) {
    return FreshProcess.number(TrainPeak.class, workload.words());
  }
}
