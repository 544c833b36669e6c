package dev.supcon.operator.trace;

import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.ResolvedStatus;
import dev.supcon.operator.api.StepStatus;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One trace for every time that an experiment is worked on, with a span for each step. A span is
 * told when its end is in the status. The trace's identity follows from the experiment, so that an
 * operator that has just started goes on with it.
 */
public final class Traces {
  private final Tracer tracer;

  /**
   * @param tracer whose identities are {@link TraceIds}
   */
  public Traces(Tracer tracer) {
    this.tracer = tracer;
  }

  /** The experiment that a trace is about. */
  public record Traced(String namespace, String name, String uid) {}

  /** Once the new status is stored. */
  public void changed(Traced experiment, ExperimentStatus before, ExperimentStatus after) {
    ResolvedStatus resolved = after.resolved();
    if (resolved == null) {
      return;
    }
    SpanContext root = identity(experiment, resolved);
    for (StepStatus step : after.steps()) {
      boolean sameState =
          before
              .step(step.name())
              .filter(row -> row.key().equals(step.key()) && row.state() == step.state())
              .isPresent();
      if (!sameState) {
        time(step.finishedAt()).ifPresent(end -> step(experiment, root, step, end));
      }
    }
    if (after.result() != null && before.result() == null) {
      whole(experiment, root, after, resolved);
    }
  }

  private static SpanContext identity(Traced experiment, ResolvedStatus resolved) {
    String life = experiment.uid() + "/" + resolved.at();
    return SpanContext.createFromRemoteParent(
        hex(life),
        hex(life + "/root").substring(16),
        TraceFlags.getSampled(),
        TraceState.getDefault());
  }

  private static String hex(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  private void step(Traced experiment, SpanContext root, StepStatus step, Instant end) {
    SpanBuilder builder =
        about(experiment, step.name())
            .setParent(Context.root().with(Span.wrap(root)))
            .setStartTimestamp(time(step.startedAt()).filter(end::isAfter).orElse(end))
            .setAttribute("supcon.step.kind", step.kind())
            .setAttribute("supcon.step.key", step.key())
            .setAttribute("supcon.step.cached", step.state() == StepStatus.State.CACHED)
            .setAttribute("supcon.step.attempts", step.attempts().started())
            .setAttribute("supcon.gpu_seconds", step.usage().gpuSeconds());
    Optional.ofNullable(step.job()).ifPresent(job -> builder.setAttribute("k8s.job.name", job));
    end(
        builder.startSpan(),
        step.state() == StepStatus.State.FAILED,
        step.reason() + ": " + step.message(),
        end);
  }

  private void whole(
      Traced experiment, SpanContext root, ExperimentStatus after, ResolvedStatus made) {
    boolean failed = after.result() == ExperimentStatus.Result.FAILED;
    Instant end =
        after
            .condition("Finished")
            .flatMap(finished -> time(finished.lastTransitionTime()))
            .or(() -> time(made.at()))
            .orElse(Instant.EPOCH);
    SpanBuilder builder =
        about(experiment, experiment.name())
            .setStartTimestamp(time(made.at()).filter(end::isAfter).orElse(end))
            .setAttribute("supcon.gpu_seconds", after.gpuSeconds());
    String why = after.condition("Failed").map(condition -> condition.message()).orElse("");
    end(TraceIds.root(builder, root), failed, why, end);
  }

  private SpanBuilder about(Traced experiment, String name) {
    return tracer
        .spanBuilder(name)
        .setAttribute("k8s.namespace.name", experiment.namespace())
        .setAttribute("supcon.experiment", experiment.name());
  }

  private static void end(Span span, boolean failed, String why, Instant end) {
    span.setStatus(failed ? StatusCode.ERROR : StatusCode.OK, failed ? why : "");
    span.end(end);
  }

  /** A status may hold what others wrote there: what is no time is none. */
  private static Optional<Instant> time(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
