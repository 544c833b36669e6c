package dev.supcon.runner.data;

import dev.supcon.contract.spec.LabelNoiseSpec;

/**
 * Symmetric label noise: a fraction of each class gets the label of another class, drawn evenly
 * among the others. Who is struck, and by what, follows from seed and place in the pack alone.
 */
final class LabelNoise {
  /** Keeps these draws apart from every other use of the same seed. */
  private static final long PURPOSE = 0x6e6f697365L; // "noise"

  private LabelNoise() {}

  /** The images with their new labels. */
  static PackedSplit on(PackedSplit images, int classes, LabelNoiseSpec spec) {
    long ranks = CounterRandom.key(spec.seed(), PURPOSE, 0);
    long others = CounterRandom.key(spec.seed(), PURPOSE, 1);
    int[] labels = images.labels();
    for (int[] members : ClassMembers.of(images.labels(), classes)) {
      int wrong = (int) Math.round(spec.fraction() * members.length);
      ClassMembers.drawn(members, wrong, ranks, images)
          .forEach(i -> labels[i] = other(labels[i], classes, others, images.place(i)));
    }
    return images.labelled(labels);
  }

  private static int other(int label, int classes, long key, int place) {
    int drawn = CounterRandom.below(key, place, classes - 1);
    return drawn < label ? drawn : drawn + 1;
  }
}
