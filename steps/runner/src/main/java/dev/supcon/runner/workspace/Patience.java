package dev.supcon.runner.workspace;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Waits for a store that does not answer, so that its restart costs an attempt time and nothing
 * else.
 *
 * @param longest time without an answer after which the attempt fails; zero: at once
 * @param stop ends the wait
 * @param said is told of the first wait
 */
public record Patience(Duration longest, BooleanSupplier stop, Consumer<String> said) {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration MOST = Duration.ofSeconds(15);

  /**
   * Does what may be done again after it failed half-way.
   *
   * @throws StepFailure what it threw last
   */
  public <T> T with(Supplier<T> work) {
    long end = System.nanoTime() + longest.toNanos();
    Duration pause = FIRST;
    while (true) {
      try {
        return work.get();
      } catch (StepFailure failure) {
        boolean over = System.nanoTime() + pause.toNanos() > end || stop.getAsBoolean();
        if (failure.exitCode() != ExitCode.STORE_UNREACHABLE || over) {
          throw failure;
        }
        if (pause.equals(FIRST)) {
          said.accept("waits for the store: " + failure.getMessage());
        }
      }
      LockSupport.parkNanos(pause.toNanos());
      pause = pause.compareTo(MOST) < 0 ? pause.multipliedBy(2) : MOST;
    }
  }
}
