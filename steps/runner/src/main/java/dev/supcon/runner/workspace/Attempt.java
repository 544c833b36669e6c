package dev.supcon.runner.workspace;

import dev.supcon.services.store.MetricPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ObjDoubleConsumer;

/**
 * One attempt at a step.
 *
 * @param id unique; on a cluster the pod's UID
 * @param scratch empty folder of its own, for downloads and what is not yet uploaded
 * @param stop whether someone asked it to stop
 * @param patience how long it waits for a store that does not answer
 */
public record Attempt(
    String id,
    Path scratch,
    BooleanSupplier stop,
    Duration patience,
    InstantSource clock,
    Observer observer) {

  /** How it waits for the store. */
  public Patience waiting() {
    return new Patience(patience, stop, observer.said());
  }

  /** The same with one more that is told of points. */
  public Attempt alsoMeasured(Consumer<MetricPoint> other) {
    Observer both =
        new Observer(observer.progressed(), observer.measured().andThen(other), observer.said());
    return new Attempt(id, scratch, stop, patience, clock, both);
  }

  /**
   * Who is told what the step does; called on the step's threads, so it must not wait.
   *
   * @param progressed what it is at in a few words, and how far, from 0 to 1
   * @param measured a point of a curve
   * @param said a sentence for people
   */
  public record Observer(
      ObjDoubleConsumer<String> progressed,
      Consumer<MetricPoint> measured,
      Consumer<String> said) {}
}
