package dev.supcon.runner.workspace;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** What a running step has at hand. A step knows nothing of stores, servers and attempts. */
public interface Workspace {

  /** Folder with the verified result of an input step, read-only. */
  Path input(String role);

  /** Empty folder of this attempt; every file below it becomes part of the result. */
  Path output();

  /** Folder of this attempt for what is neither input nor output; it goes with the attempt. */
  Path scratch();

  /** Says how far the step is, from 0 to 1, and what it is at in a few words. */
  void progress(double fraction, String doing);

  /** One point of a curve; unique by (name, step), a repeated point replaces the earlier. */
  void metric(String name, long step, double value);

  /** Someone asked the step to stop: save, then throw {@code StepFailure(RESUME)}. */
  boolean stopRequested();

  /**
   * Ends work that keeps nothing and is done again from its start; to be asked every second or so.
   *
   * @param doing such as "features were computed"
   * @throws StepFailure RESUME when someone asked the step to stop
   */
  default void endIfStopRequested(String doing) {
    if (stopRequested()) {
      throw new StepFailure(
          ExitCode.RESUME, "stopped while " + doing + "; start it again to go on");
    }
  }

  /** The newest checkpoint whose every hash matches, as a folder of its files. */
  Optional<Checkpoint> newestCheckpoint();

  /**
   * Commits what is written into an empty folder as checkpoint number {@code number}; when this
   * returns true, a resume finds it. The points of curves up to here are kept with it.
   *
   * @return false when the store does not answer; a later checkpoint makes up for it
   */
  boolean commitCheckpoint(long number, Consumer<Path> writer);

  /**
   * Removes checkpoints that need not stay, as far as the store answers.
   *
   * @param last the newest so many that are whole stay
   * @param also tells by its number which older one stays
   */
  void retainCheckpoints(int last, LongPredicate also);

  /**
   * A committed checkpoint.
   *
   * @param number grows from one to the next: the count of optimizer steps done
   */
  record Checkpoint(long number, Path files) {}
}
