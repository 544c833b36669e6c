package dev.supcon.runner.data;

import dev.supcon.contract.spec.SubsetSpec;
import dev.supcon.contract.spec.TrainingSetSpec;
import java.util.Map;
import java.util.TreeMap;

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
      split = whole.only(Subset.of(whole.labels(), classes, subset));
      facts.put("training images", "%d of %d".formatted(split.size(), whole.size()));
    }
    return new TrainingSet(split, facts);
  }
}
