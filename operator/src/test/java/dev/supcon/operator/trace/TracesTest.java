package dev.supcon.operator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.ContractJson;
import dev.supcon.operator.api.ExperimentStatus;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TracesTest {
  private static final Traces.Traced ONE = new Traces.Traced("team-a", "one", "u-1");
  private static final String KEY = "ab".repeat(32);
  private static final ExperimentStatus BEGUN =
      status("2026-01-01T00:00:00Z", pretrain("Running", ""), "");
  private static final ExperimentStatus PRETRAINED =
      status(
          "2026-01-01T00:00:00Z",
          pretrain("Succeeded", "'finishedAt': '2026-01-01T00:01:30Z',"),
          "");
  private static final ExperimentStatus DONE =
      status(
          "2026-01-01T00:00:00Z",
          pretrain("Succeeded", "'finishedAt': '2026-01-01T00:01:30Z',"),
          "'result': 'Succeeded', 'conditions': [{'type': 'Finished', 'status': 'True',"
              + " 'lastTransitionTime': '2026-01-01T00:02:00Z'}],");

  private final InMemorySpanExporter told = InMemorySpanExporter.create();
  private final Traces traces = traces();

  @Test
  void aStepIsASpanOfItsExperimentsTrace() {
    traces.changed(ONE, BEGUN, PRETRAINED);
    traces.changed(ONE, PRETRAINED, DONE);

    SpanData step = told.getFinishedSpanItems().getFirst();
    SpanData whole = told.getFinishedSpanItems().getLast();
    assertThat(told.getFinishedSpanItems()).hasSize(2);
    assertThat(step.getName()).isEqualTo("pretrain");
    assertThat(step.getParentSpanId()).isEqualTo(whole.getSpanId());
    assertThat(step.getTraceId()).isEqualTo(whole.getTraceId());
    assertThat(whole.getParentSpanId()).isEqualTo(SpanId.getInvalid());
    assertThat(seconds(step)).isEqualTo(60);
    assertThat(seconds(whole)).isEqualTo(120);
    assertThat(start(whole)).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(whole.getStatus().getStatusCode()).isEqualTo(StatusCode.OK);
  }

  @Test
  void anOperatorThatHasJustStartedGoesOnWithTheTrace() {
    traces.changed(ONE, BEGUN, PRETRAINED);
    traces().changed(ONE, PRETRAINED, DONE);

    List<SpanData> spans = told.getFinishedSpanItems();
    assertThat(spans.getFirst().getParentSpanId()).isEqualTo(spans.getLast().getSpanId());
  }

  @Test
  void eachTimeThatItIsWorkedOnHasATraceOfItsOwn() {
    ExperimentStatus again =
        status(
            "2026-01-02T00:00:00Z",
            pretrain("Cached", "'finishedAt': '2026-01-02T00:00:01Z',"),
            "");
    traces.changed(ONE, BEGUN, PRETRAINED);
    traces.changed(ONE, BEGUN, again);

    assertThat(told.getFinishedSpanItems())
        .extracting(SpanData::getTraceId)
        .doesNotHaveDuplicates();
  }

  @Test
  void nothingNewIsToldTwice() {
    traces.changed(ONE, DONE, DONE);
    traces.changed(ONE, BEGUN, BEGUN);
    traces.changed(ONE, ExperimentStatus.UNSEEN, ExperimentStatus.UNSEEN);

    assertThat(told.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void aFailedStepSaysWhy() {
    ExperimentStatus failed =
        status(
            "2026-01-01T00:00:00Z",
            pretrain(
                "Failed",
                "'reason': 'Refused', 'message': 'exit code 64',"
                    + " 'finishedAt': '2026-01-01T00:01:30Z',"),
            "");
    traces.changed(ONE, BEGUN, failed);

    assertThat(told.getFinishedSpanItems().getFirst().getStatus())
        .satisfies(status -> assertThat(status.getStatusCode()).isEqualTo(StatusCode.ERROR))
        .satisfies(
            status -> assertThat(status.getDescription()).isEqualTo("Refused: exit code 64"));
  }

  private Traces traces() {
    Tracer tracer =
        SdkTracerProvider.builder()
            .setIdGenerator(new TraceIds())
            .addSpanProcessor(SimpleSpanProcessor.create(told))
            .build()
            .get("test");
    return new Traces(tracer);
  }

  private static String pretrain(String state, String more) {
    return "{'name': 'pretrain', 'kind': 'pretrain', 'key': '%s', %s 'state': '%s', 'startedAt': '2026-01-01T00:00:30Z'}"
        .formatted(KEY, more, state);
  }

  private static ExperimentStatus status(String at, String step, String more) {
    String json = "{%s 'resolved': {'at': '%s'}, 'steps': [%s]}".formatted(more, at, step);
    try {
      return ContractJson.read(json.replace('\'', '"'), ExperimentStatus.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long seconds(SpanData span) {
    return TimeUnit.NANOSECONDS.toSeconds(span.getEndEpochNanos() - span.getStartEpochNanos());
  }

  private static Instant start(SpanData span) {
    return Instant.ofEpochSecond(0, span.getStartEpochNanos());
  }
}
