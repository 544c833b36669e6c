package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How steps are run, never what they compute: nothing of it is in a key. */
public record ExecutionSpec(
    @JsonPropertyDescription(
            "On a cluster: name of the runtime, as the administrator defined it, that runs the steps.")
        @Pattern(TextForm.NAME)
        @Size(max = 63)
        @Default("default")
        String runtime,
    @JsonPropertyDescription(
            "On a cluster: other runtimes for some steps; a step's name wins over its kind.")
        @Size(max = 32)
        List<StepExecutionSpec> steps,
    @JsonPropertyDescription(
            "On a cluster: Kueue's local queue in which the steps' Jobs wait for quota. Absent: none.")
        @Nullable
        @Pattern(TextForm.NAME)
        @Size(max = 63)
        String queue,
    @JsonPropertyDescription(
            "On a cluster: true stops the running step after a checkpoint and starts none; false goes on.")
        @Default("false")
        Boolean suspend,
    @JsonPropertyDescription(
            "On a cluster: seconds that a step may wait to start; waiting for quota does not count.")
        @Min(1)
        @Max(2592000)
        @Default("1800")
        Integer pendingSeconds,
    @JsonPropertyDescription(
            "On a cluster: seconds that a step may run, all its attempts together.")
        @Min(1)
        @Max(31536000)
        @Default("604800")
        Integer runningSeconds,
    @JsonPropertyDescription(
            "On a cluster: tries of a step after a fault; preemption and eviction are no faults.")
        @Min(0)
        @Max(100)
        @Default("3")
        Integer retries,
    @JsonPropertyDescription(
            "On a cluster: seconds that the steps' Jobs stay after the experiment's end.")
        @Min(0)
        @Max(31536000)
        @Default("86400")
        Integer ttlSecondsAfterFinished) {

  /** Missing values become the defaults; nothing is refused here. */
  public ExecutionSpec {
    runtime = Defaults.or(runtime, "default");
    steps = Defaults.or(steps, List.of());
    suspend = Defaults.or(suspend, false);
    pendingSeconds = Defaults.or(pendingSeconds, 1800);
    runningSeconds = Defaults.or(runningSeconds, 604800);
    retries = Defaults.or(retries, 3);
    ttlSecondsAfterFinished = Defaults.or(ttlSecondsAfterFinished, 86400);
  }
}
