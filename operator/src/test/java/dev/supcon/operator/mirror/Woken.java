package dev.supcon.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Who was woken, in order. */
final class Woken {
  private final LinkedBlockingQueue<ResourceID> woken = new LinkedBlockingQueue<>();

  void wake(ResourceID asker) {
    woken.add(asker);
  }

  /** Waits until somebody is woken, half a minute at most. */
  ResourceID next() {
    try {
      ResourceID next = woken.poll(30, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nobody was woken");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  boolean nobody() {
    return woken.isEmpty();
  }

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it did not come to be in a minute").isLessThan(end);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
