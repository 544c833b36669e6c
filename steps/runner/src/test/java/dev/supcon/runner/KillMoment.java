package dev.supcon.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * When pretraining is killed.
 *
 * @param commits checkpoints that were committed by then; 0 means before the first
 * @param delayMillis from the last of these on
 * @param saving after the delay waits until the next checkpoint is being saved
 */
record KillMoment(int commits, long delayMillis, boolean saving) {
  private static final String PROGRESS = "progress.json";

  /** The first is before any checkpoint; of the others a third is in a save. */
  static KillMoment of(int number) {
    if (number == 0) {
      return new KillMoment(0, 400, false);
    }
    boolean saving = number % 3 == 1;
    return new KillMoment(1 + number % 3, saving ? 0 : number * 137L % 900, saving);
  }

  /**
   * Waits for it.
   *
   * @param runs folder of the run that is to be killed
   */
  void await(ChildRun run, Path runs) throws IOException {
    StoreFolder store = new StoreFolder(runs.resolve(".store"));
    Set<Long> seen = new HashSet<>();
    while (seen.size() < commits || store.files(PROGRESS).size() < 2) { // packing's and training's
      seen.addAll(store.commits());
      refuseEnd(run);
      pause(2);
    }
    pause(delayMillis);
    while (saving && saves(runs).isEmpty()) {
      refuseEnd(run);
    }
  }

  /** Training writes a checkpoint's files there before they go to the store. */
  static List<Path> saves(Path runs) throws IOException {
    return new StoreFolder(runs.resolve(".scratch")).files("checkpoint-");
  }

  private static void refuseEnd(ChildRun run) {
    if (!run.alive()) {
      throw new AssertionError("ended before the moment came: " + run.said());
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
