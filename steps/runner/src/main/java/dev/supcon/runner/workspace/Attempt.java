package dev.supcon.runner.workspace;

import dev.supcon.services.store.MetricPoint;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * One attempt at a step.
 *
 * @param id unique; on a cluster the pod's UID
 * @param scratch empty folder of its own, for downloads and what is not yet uploaded
 * @param stop whether someone asked it to stop
 */
public record Attempt(
    String id, Path scratch, BooleanSupplier stop, InstantSource clock, Observer observer) {

  /** Who is told what the step does; called on the step's threads, so it must not wait. */
  public interface Observer {
    /** How far the step is, from 0 to 1. */
    void progressed(double fraction, String doing);

    /** A point of a curve. */
    void measured(MetricPoint point);

    /** A sentence for people. */
    void said(String sentence);
  }
}
