package dev.supcon.operator.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.IdGenerator;

/** Random identities, but for a span that is to be known before it is told. */
public final class TraceIds implements IdGenerator {
  private static final IdGenerator RANDOM = IdGenerator.random();
  private static final ThreadLocal<SpanContext> GIVEN = new ThreadLocal<>();

  /** Starts the first span of a trace under that identity. */
  static Span root(SpanBuilder builder, SpanContext identity) {
    GIVEN.set(identity);
    try {
      return builder.setNoParent().startSpan();
    } finally {
      GIVEN.remove();
    }
  }

  @Override
  public String generateSpanId() {
    SpanContext identity = GIVEN.get();
    return identity == null ? RANDOM.generateSpanId() : identity.getSpanId();
  }

  @Override
  public String generateTraceId() {
    SpanContext identity = GIVEN.get();
    return identity == null ? RANDOM.generateTraceId() : identity.getTraceId();
  }
}
