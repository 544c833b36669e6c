package dev.supcon.contract.spec;

import org.jspecify.annotations.Nullable;

/**
 * What is learnt from of a packed data set's training part. It is in the keys of the steps that
 * learn, not in that of the packing: all subsets share one.
 */
public record TrainingSetSpec(@Nullable SubsetSpec subset) {}
