package dev.supcon.contract.spec;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is learnt from of a packed data set's training part, and by which labels. It is in the keys
 * of the steps that learn, not in that of the packing: all studies of a data set share one.
 */
public record TrainingSetSpec(@Nullable SubsetSpec subset, @Nullable LabelNoiseSpec labelNoise) {

  /** Empty where all of the training part is learnt from as it is. */
  static Optional<TrainingSetSpec> of(@Nullable SubsetSpec subset, @Nullable LabelNoiseSpec noise) {
    boolean whole = subset == null || subset.isWhole();
    boolean clean = noise == null || noise.fraction() == 0;
    return whole && clean
        ? Optional.empty()
        : Optional.of(new TrainingSetSpec(whole ? null : subset, clean ? null : noise));
  }
}
