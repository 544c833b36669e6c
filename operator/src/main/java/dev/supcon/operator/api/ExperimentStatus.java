package dev.supcon.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What the operator has seen of an experiment. */
public record ExperimentStatus(
    @JsonPropertyDescription(
            "Generation of the spec that this status is about; -1 before it was first seen.")
        @Nullable Long observedGeneration) {}
