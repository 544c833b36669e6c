package dev.supcon.runner.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes a fraction of each class of the training set away, before anything is learnt. Which samples
 * depends on their names alone: not on a seed, so that all runs share it, nor on their order.
 */
final class Holdout {
  private static final long KEY = CounterRandom.key(0x401d);

  private Holdout() {}

  /** Which part each sample belongs to, by position in {@code samples}. */
  static List<Part> parts(List<ImageSource.Sample> samples, int classes, double fraction) {
    Set<Integer> held = new HashSet<>();
    for (int label = 0; label < classes; label++) {
      List<Integer> members = members(samples, label);
      // At least one remains, and one is held as soon as a holdout is asked for.
      long wanted = fraction == 0 ? 0 : Math.max(1, Math.round(fraction * members.size()));
      members.stream().limit(Math.min(wanted, members.size() - 1)).forEach(held::add);
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      parts.add(samples.get(i).test() ? Part.TEST : held.contains(i) ? Part.HOLDOUT : Part.TRAIN);
    }
    return parts;
  }

  private static List<Integer> members(List<ImageSource.Sample> samples, int label) {
    List<Integer> members = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      if (samples.get(i).label() == label && !samples.get(i).test()) {
        members.add(i);
      }
    }
    members.sort(
        Comparator.<Integer>comparingLong(i -> CounterRandom.bits(KEY, hash(samples.get(i))))
            .thenComparing(i -> samples.get(i).name()));
    return members;
  }

  private static long hash(ImageSource.Sample sample) {
    long hash = 0;
    for (int i = 0; i < sample.name().length(); i++) {
      hash = hash * 31 + sample.name().charAt(i);
    }
    return hash;
  }
}
