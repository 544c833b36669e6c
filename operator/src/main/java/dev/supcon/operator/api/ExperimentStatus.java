package dev.supcon.operator.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the operator has seen of an experiment; at most 64 KB of JSON, by its bounds. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExperimentStatus(
    @JsonPropertyDescription(
            "Generation of the spec that this status is about; -1 before it was first seen.")
        @Min(-1)
        @Max(9007199254740991L)
        Long observedGeneration,
    @JsonPropertyDescription("Aspects of its state, one of a type.") @Size(max = 8)
        List<Condition> conditions,
    @JsonPropertyDescription("How it ended.") @Nullable Result result,
    @JsonPropertyDescription("The steps that act now.") @Nullable @Size(max = 128)
        String activeSteps,
    @JsonPropertyDescription("How far it is, in percent; every step counts the same.")
        @Min(0)
        @Max(100)
        Integer progressPercent,
    @JsonPropertyDescription("GPU-seconds that its Jobs took.") @Min(0) @Max(9007199254740991L)
        Long gpuSeconds,
    @JsonPropertyDescription("The same in hours.") @Min(0) @Max(1e12) Double gpuHours,
    @JsonPropertyDescription("Its headline numbers.") @Size(max = 24) List<Metric> metrics,
    @JsonPropertyDescription("Its steps, in the order of the plan.") @Size(max = 36)
        List<StepStatus> steps,
    @JsonPropertyDescription("SHA-256 of the plan: names and keys of its steps.")
        @Nullable
        @Size(max = 64)
        String planHash,
    @JsonPropertyDescription("What the plan was made of.") @Nullable ResolvedStatus resolved,
    @JsonPropertyDescription("Where to look further.") Links links) {

  /** How an experiment ended. */
  public enum Result {
    /** Every step has its result. */
    @JsonProperty("Succeeded")
    SUCCEEDED,
    /** At least one step has none and gets none. */
    @JsonProperty("Failed")
    FAILED,
    /** A word of a newer operator. */
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
  }

  /** Of an experiment that nobody has seen. */
  public static final ExperimentStatus UNSEEN =
      new ExperimentStatus(
          -1L, List.of(), null, null, 0, 0L, 0.0, List.of(), List.of(), null, null, Links.NONE);

  /** Missing values become none, long ones are cut. */
  public ExperimentStatus {
    observedGeneration = AtMost.amount(observedGeneration, -1);
    conditions = AtMost.of(conditions, 8);
    activeSteps = PlainText.orNull(activeSteps, 128);
    progressPercent = AtMost.count(progressPercent);
    gpuSeconds = AtMost.amount(gpuSeconds, 0);
    gpuHours = gpuHours == null ? 0.0 : gpuHours;
    metrics = AtMost.of(metrics, 24);
    steps = AtMost.of(steps, 36);
    planHash = PlainText.orNull(planHash, 64);
    links = links == null ? Links.NONE : links;
  }

  /** The condition of a type. */
  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }

  /** The step of a name. */
  public Optional<StepStatus> step(String name) {
    return steps.stream().filter(step -> step.name().equals(name)).findFirst();
  }

  /** What was resolved for that generation of the spec. */
  public Optional<ResolvedStatus> resolvedFor(long generation) {
    return Optional.ofNullable(resolved).filter(found -> found.generation() == generation);
  }
}
