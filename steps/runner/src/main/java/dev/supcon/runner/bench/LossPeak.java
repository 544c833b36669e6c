package dev.supcon.runner.bench;

import dev.supcon.runner.train.ResidentSet;
import java.util.List;

/**
 * Peak memory of the loss beyond what a process has that holds the library, the embeddings and the
 * loss ready: the growth of the resident set's high-water mark.
 */
public final class LossPeak {
  private static final int STEPS = 3;

  private LossPeak() {}

  /**
   * Prints the megabytes; the body of the process that {@link #inFreshProcess} starts.
   *
   * @param arguments number of rows, number of losses
   */
  public static void main(String[] arguments) {
    try (LossBench bench = new LossBench(Integer.parseInt(arguments[0]))) {
      ResidentSet.forgetPeak();
      double before = ResidentSet.peakMegabytes();
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        bench.step();
      }
      System.out.println(ResidentSet.peakMegabytes() - before);
    }
  }

  /** Measures in a JVM with this one's options and environment, in MB, over three losses. */
  static double inFreshProcess(int rows) {
    return inFreshProcess(rows, STEPS);
  }

  static double inFreshProcess(int rows, int steps) {
    return FreshProcess.number(
        LossPeak.class, List.of(Integer.toString(rows), Integer.toString(steps)));
  }
}
