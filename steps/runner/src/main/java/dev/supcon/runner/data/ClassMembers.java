package dev.supcon.runner.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which images belong to a class. */
final class ClassMembers {
  private ClassMembers() {}

  /** By label: the positions of its images, rising. */
  static List<int[]> of(int[] labels, int classes) {
    int[] sizes = new int[classes];
    for (int label : labels) {
      sizes[label]++;
    }
    List<int[]> members = IntStream.range(0, classes).mapToObj(c -> new int[sizes[c]]).toList();
    Arrays.fill(sizes, 0);
    for (int i = 0; i < labels.length; i++) {
      members.get(labels[i])[sizes[labels[i]]++] = i;
    }
    return members;
  }

  /**
   * So many of them, those of the first ranks. A rank follows from key and place in the pack alone,
   * so that more of them are the same ones and others.
   */
  static IntStream drawn(int[] members, int count, long key, PackedSplit images) {
    return Arrays.stream(members)
        .boxed()
        .sorted(Comparator.comparingLong(i -> CounterRandom.bits(key, images.place(i))))
        .limit(count)
        .mapToInt(Integer::intValue);
  }
}
