package dev.supcon.runner.data;

import java.util.Arrays;
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
}
