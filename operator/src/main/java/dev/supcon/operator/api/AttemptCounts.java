package dev.supcon.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How often a step was tried, and how the tries ended. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttemptCounts(
    @JsonPropertyDescription("Number of the newest Job.") @Min(0) @Max(1000000) Integer started,
    @JsonPropertyDescription("Number of the newest Job whose end stands in these counts.")
        @Min(0)
        @Max(1000000)
        Integer counted,
    @JsonPropertyDescription("Ends by a fault; these use up `spec.execution.retries`.")
        @Min(0)
        @Max(1000000)
        Integer failures,
    @JsonPropertyDescription("Ends by preemption, eviction or deletion; these cost nothing.")
        @Min(0)
        @Max(1000000)
        Integer preemptions,
    @JsonPropertyDescription("Ends by the step itself, with the wish to be resumed.")
        @Min(0)
        @Max(1000000)
        Integer resumes,
    @JsonPropertyDescription("Of these, the last ones in a row that left no new checkpoint.")
        @Min(0)
        @Max(1000000)
        Integer fruitless,
    @JsonPropertyDescription("Number of the newest checkpoint; -1: none.")
        @Min(-1)
        @Max(9007199254740991L)
        Long checkpoint) {

  /** Of a step that was never tried. */
  public static final AttemptCounts NONE = new AttemptCounts(0, 0, 0, 0, 0, 0, -1L);

  /** Missing values become none. */
  public AttemptCounts {
    started = AtMost.count(started);
    counted = AtMost.count(counted);
    failures = AtMost.count(failures);
    preemptions = AtMost.count(preemptions);
    resumes = AtMost.count(resumes);
    fruitless = AtMost.count(fruitless);
    checkpoint = AtMost.amount(checkpoint, -1);
  }

  /** With a newer Job. */
  public AttemptCounts withStarted(int number) {
    return new AttemptCounts(
        Math.max(started, number), counted, failures, preemptions, resumes, fruitless, checkpoint);
  }

  /** With that Job's end looked at. */
  public AttemptCounts withCounted(int number) {
    return new AttemptCounts(
        Math.max(started, number), number, failures, preemptions, resumes, fruitless, checkpoint);
  }

  /** With one more fault. */
  public AttemptCounts withFailure() {
    return new AttemptCounts(
        started, counted, failures + 1, preemptions, resumes, fruitless, checkpoint);
  }

  /** With one more end by others. */
  public AttemptCounts withPreemption() {
    return new AttemptCounts(
        started, counted, failures, preemptions + 1, resumes, fruitless, checkpoint);
  }

  /** With one more wish to be resumed, at that checkpoint. */
  public AttemptCounts withResume(long newest) {
    int inVain = newest > checkpoint ? 0 : fruitless + 1;
    return new AttemptCounts(
        started, counted, failures, preemptions, resumes + 1, inVain, Math.max(newest, checkpoint));
  }

  /** A new chance: what was tried stays, what counts against the step goes. */
  public AttemptCounts forgiven() {
    return new AttemptCounts(started, counted, 0, preemptions, resumes, 0, checkpoint);
  }
}
