package dev.supcon.runner.data;

import dev.supcon.contract.spec.SubsetSpec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;

/**
 * Takes a part of each class of a training part. Each image has a rank in its class, which follows
 * from seed and place alone, and the first ranks are taken: with one seed a smaller subset lies in
 * a larger one.
 */
final class Subset {
  /** Keeps these ranks apart from every other use of the same seed. */
  private static final long PURPOSE = 0x737562736574L; // "subset"

  private Subset() {}

  /** The places that are taken, rising. */
  static int[] of(int[] labels, int classes, SubsetSpec spec) {
    long key = CounterRandom.key(spec.seed(), PURPOSE);
    return ClassMembers.of(labels, classes).stream()
        .flatMapToInt(
            members ->
                Arrays.stream(members)
                    .boxed()
                    .sorted(Comparator.comparingLong(place -> CounterRandom.bits(key, place)))
                    .limit(size(members.length, spec))
                    .mapToInt(Integer::intValue))
        .sorted()
        .toArray();
  }

  private static int size(int images, SubsetSpec spec) {
    Integer wanted = spec.imagesPerClass();
    if (wanted != null) {
      return Math.min(wanted, images);
    }
    double fraction = Objects.requireNonNull(spec.fraction(), "the rules ask for a size");
    return Math.min(images, (int) Math.max(1, Math.round(fraction * images)));
  }
}
