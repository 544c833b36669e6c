package dev.supcon.runner.data;

import dev.supcon.contract.spec.LabelNoiseSpec;
import dev.supcon.contract.spec.SubsetSpec;
import dev.supcon.contract.spec.TrainingSetSpec;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What is learnt from of a packed data set.
 *
 * @param split the images
 * @param facts what was done to the training part, for the report
 */
record TrainingSet(PackedSplit split, Map<String, String> facts) {

  TrainingSet {
    facts = Map.copyOf(facts);
  }

  /** What a request asks for, of the training part. */
  static TrainingSet of(PackedSplit whole, int classes, TrainingSetSpec spec) {
    Map<String, String> facts = new TreeMap<>();
    PackedSplit split = whole;
    SubsetSpec subset = spec.subset();
    if (subset != null) {
      split = Subset.of(whole, classes, subset);
      facts.put("training images", "%d of %d".formatted(split.size(), whole.size()));
    }
    LabelNoiseSpec noise = spec.labelNoise();
    if (noise != null) {
      PackedSplit clean = split;
      split = LabelNoise.on(clean, classes, noise);
      facts.put("changed labels", "%d of %d".formatted(differences(clean, split), split.size()));
    }
    return new TrainingSet(split, facts);
  }

  private static long differences(PackedSplit clean, PackedSplit noisy) {
    return IntStream.range(0, clean.size()).filter(i -> clean.label(i) != noisy.label(i)).count();
  }
}
