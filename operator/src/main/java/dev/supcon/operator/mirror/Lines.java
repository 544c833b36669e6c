package dev.supcon.operator.mirror;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** One line for each server. */
public final class Lines implements AutoCloseable {
  private final InstantSource clock;
  private final CallMeters meters;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("mirror-timer").factory());
  private final Map<Place, Line> lines = new ConcurrentHashMap<>();

  Lines(InstantSource clock, CallMeters meters) {
    this.clock = clock;
    this.meters = meters;
    timer.setRemoveOnCancelPolicy(true);
  }

  Line to(Outside system, String address) {
    return lines.computeIfAbsent(
        new Place(system, address),
        place -> new Line(system, system.limit(), clock, timer, meters));
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  /** Whether a server of that kind does not answer now. */
  public boolean anyOpen(Outside system) {
    return lines.entrySet().stream()
        .anyMatch(line -> line.getKey().system() == system && line.getValue().open());
  }

  /** How many errands wait. */
  public int queue(Outside system) {
    return lines.entrySet().stream()
        .filter(line -> line.getKey().system() == system)
        .mapToInt(line -> line.getValue().queue())
        .sum();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private record Place(Outside system, String address) {}
}
