package dev.supcon.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What a step's pods took, from the moment each got its node to its end. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Usage(
    @JsonPropertyDescription("Seconds that pods held a node.") @Min(0) @Max(9007199254740991L)
        Long runSeconds,
    @JsonPropertyDescription("The same, times the GPUs held.") @Min(0) @Max(9007199254740991L)
        Long gpuSeconds,
    @JsonPropertyDescription("UID of the newest pod in these sums.") @Nullable @Size(max = 36)
        String pod,
    @JsonPropertyDescription("Seconds of that pod in these sums.") @Min(0) @Max(9007199254740991L)
        Long podSeconds) {

  /** Nothing yet. */
  public static final Usage NONE = new Usage(0L, 0L, null, 0L);

  /** Missing values become none. */
  public Usage {
    runSeconds = AtMost.amount(runSeconds, 0);
    gpuSeconds = AtMost.amount(gpuSeconds, 0);
    pod = PlainText.orNull(pod, 36);
    podSeconds = AtMost.amount(podSeconds, 0);
  }

  /** With that pod having held its node for so long by now; each second counts once. */
  public Usage with(String uid, long seconds, int gpus) {
    long before = uid.equals(pod) ? podSeconds : 0;
    long more = Math.max(0, seconds - before);
    return new Usage(runSeconds + more, gpuSeconds + more * gpus, uid, before + more);
  }
}
