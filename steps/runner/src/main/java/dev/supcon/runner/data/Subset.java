package dev.supcon.runner.data;

import dev.supcon.contract.spec.SubsetSpec;
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

  /** The images that are taken, in their order. */
  static PackedSplit of(PackedSplit images, int classes, SubsetSpec spec) {
    long key = CounterRandom.key(spec.seed(), PURPOSE);
    return images.only(
        ClassMembers.of(images.labels(), classes).stream()
            .flatMapToInt(
                members -> ClassMembers.drawn(members, size(members.length, spec), key, images))
            .sorted()
            .toArray());
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
