package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Which checkpoints stay, and how often one is written. Nothing of it changes the result. */
public record CheckpointSpec(
    @JsonPropertyDescription("The newest so many stay; two, since one may be damaged.")
        @Min(2)
        @Max(1000)
        @Default("2")
        Integer keepLast,
    @JsonPropertyDescription(
            "One is written at the end of every so many epochs, and stays. 0: none for that.")
        @Min(0)
        @Max(100000)
        @Default("0")
        Integer keepEveryEpochs,
    @JsonPropertyDescription(
            "Whether one is written where the nearest neighbours of the holdout were right most"
                + " often, and stays.")
        @Default("false")
        Boolean keepBest,
    @JsonPropertyDescription(
            "Mean hours between two faults or preemptions of a run, from which follows the time"
                + " between checkpoints, sqrt(2 * time of a save * this), where checkpointSeconds"
                + " is absent.")
        @Min(0.01)
        @Max(10000)
        @Default("8.0")
        Double hoursBetweenFailures) {

  /** Missing values become the defaults; nothing is refused here. */
  public CheckpointSpec {
    keepLast = Defaults.or(keepLast, 2);
    keepEveryEpochs = Defaults.or(keepEveryEpochs, 0);
    keepBest = Defaults.or(keepBest, false);
    hoursBetweenFailures = Defaults.or(hoursBetweenFailures, 8.0);
  }
}
