package dev.supcon.runner.local;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and Ctrl-C as a question that a step asks. The process then ends by the step's own exit
 * code, unless saving takes longer than the grace period.
 */
public final class StopSignal {
  private static final Duration GRACE = Duration.ofSeconds(25);

  private final Duration grace;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile int exitCode;

  public StopSignal() {
    this(GRACE);
  }

  private StopSignal(Duration grace) {
    this.grace = grace;
  }

  /** Asks the process's end to wait for {@link #ended}. */
  public static StopSignal install() {
    return install(GRACE);
  }

  /** Asks it to wait so long at most. */
  public static StopSignal install(Duration grace) {
    StopSignal signal = new StopSignal(grace);
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "stop"));
    return signal;
  }

  /** Someone wants the work to stop. */
  public void request() {
    requested = true;
  }

  public boolean requested() {
    return requested;
  }

  /**
   * Ends work that has nothing to save.
   *
   * @param where such as "before step linear"
   * @throws StepFailure RESUME
   */
  void endIfRequested(String where) {
    if (requested) {
      throw new StepFailure(ExitCode.RESUME, "stopped " + where + "; start it again to go on");
    }
  }

  /** The work is over and saved what there was to save. */
  public void ended(int code) {
    exitCode = code;
    ended.countDown();
  }

  private void stop() {
    request();
    try {
      if (ended.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(exitCode);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
