package dev.supcon.operator.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What the operator has seen of one step. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepStatus(
    @JsonPropertyDescription("Name of the step, such as pretrain or transfer-flowers.")
        @Size(max = 72)
        String name,
    @JsonPropertyDescription("Kind of the step.") @Size(max = 10) String kind,
    @JsonPropertyDescription("Key of the step: SHA-256 of all that changes its result.")
        @Size(max = 64)
        String key,
    @JsonPropertyDescription("Where the step stands.") State state,
    @JsonPropertyDescription("Why it stands there, in one word for programs.") @Size(max = 20)
        String reason,
    @JsonPropertyDescription("Why it stands there, in a sentence for people.")
        @Nullable
        @Size(max = StepStatus.MESSAGE)
        String message,
    @JsonPropertyDescription("How often it was tried, and how the tries ended.")
        AttemptCounts attempts,
    @JsonPropertyDescription("What its pods took; counted for the experiment that owns the Job.")
        Usage usage,
    @JsonPropertyDescription("How far it is, in percent.") @Nullable @Min(0) @Max(100)
        Integer progressPercent,
    @JsonPropertyDescription("Seconds that it will still take, by its pace so far.")
        @Nullable
        @Min(0)
        @Max(9007199254740991L)
        Long etaSeconds,
    @JsonPropertyDescription("Name of its newest Job.") @Nullable @Size(max = 40) String job,
    @JsonPropertyDescription("The experiment that runs it for this one too.")
        @Nullable
        @Size(max = 63)
        String leader,
    @JsonPropertyDescription("ID of its newest run in MLflow.") @Nullable @Size(max = 36)
        String mlflowRun,
    @JsonPropertyDescription("SHA-256 of its result's manifest, steps/<key>/manifest.json.")
        @Nullable
        @Size(max = 64)
        String artifact,
    @JsonPropertyDescription("When its first Job was made.") @Nullable @Size(max = 20)
        String startedAt,
    @JsonPropertyDescription("When it succeeded or failed.") @Nullable @Size(max = 20)
        String finishedAt) {
  static final int MESSAGE = 200;

  /** Where a step stands. */
  public enum State {
    /** Not started: something else comes first. */
    @JsonProperty("Waiting")
    WAITING,
    /** Its Job exists, its container does not run yet. */
    @JsonProperty("Pending")
    PENDING,
    /** Its container runs. */
    @JsonProperty("Running")
    RUNNING,
    /** Its pod has ended; what it left in the store is being looked at. */
    @JsonProperty("Verifying")
    VERIFYING,
    /** Its result exists. */
    @JsonProperty("Succeeded")
    SUCCEEDED,
    /** Its result existed before. */
    @JsonProperty("Cached")
    CACHED,
    /** It will not be tried again. */
    @JsonProperty("Failed")
    FAILED,
    /** Stopped on request; it goes on from its checkpoint. */
    @JsonProperty("Suspended")
    SUSPENDED,
    /** Its node does not answer, so that nobody knows whether its pod still acts. */
    @JsonProperty("NodeLost")
    NODE_LOST,
    /** A word of a newer operator. */
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN;

    /** Whether the result exists. */
    public boolean done() {
      return this == SUCCEEDED || this == CACHED;
    }
  }

  /** Missing values become none, long ones are cut. */
  public StepStatus {
    name = PlainText.of(name == null ? "" : name, 72);
    kind = PlainText.of(kind == null ? "" : kind, 10);
    key = PlainText.of(key == null ? "" : key, 64);
    state = state == null ? State.UNKNOWN : state;
    reason = PlainText.of(reason == null ? "" : reason, 20);
    message = PlainText.orNull(message, MESSAGE);
    attempts = attempts == null ? AttemptCounts.NONE : attempts;
    usage = usage == null ? Usage.NONE : usage;
    job = PlainText.orNull(job, 40);
    leader = PlainText.orNull(leader, 63);
    mlflowRun = PlainText.orNull(mlflowRun, 36);
    artifact = PlainText.orNull(artifact, 64);
    startedAt = PlainText.orNull(startedAt, 20);
    finishedAt = PlainText.orNull(finishedAt, 20);
  }
}
