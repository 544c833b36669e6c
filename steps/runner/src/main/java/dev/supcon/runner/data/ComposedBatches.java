package dev.supcon.runner.data;

import dev.supcon.contract.spec.BatchesSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The batches of an epoch, made class by class: each class deals its images round after round. */
final class ComposedBatches {
  /** Keeps these draws apart from every other use of the same seed and epoch. */
  private static final long PURPOSE = 0x636c6173736573L; // "classes"

  private final long key;
  private final int batchSize;
  private final int samplesPerClass; // 0: every class has its share
  private final List<Deck> images = new ArrayList<>(); // of the classes that have some
  private final Deck classes;
  private int made;

  ComposedBatches(BatchesSpec spec, long seed, int epoch, int[] labels, int batchSize) {
    key = CounterRandom.key(seed, PURPOSE, epoch);
    this.batchSize = batchSize;
    Integer samples = spec.samplesPerClass();
    samplesPerClass = samples == null ? 0 : samples;
    int highest = Arrays.stream(labels).max().orElse(-1);
    for (int[] members : ClassMembers.of(labels, highest + 1)) {
      if (members.length > 0) {
        images.add(new Deck(members, CounterRandom.key(key, 1, images.size())));
      }
    }
    classes = new Deck(IntStream.range(0, images.size()).toArray(), CounterRandom.key(key, 0));
    if (samplesPerClass > 0 && batchSize / samplesPerClass > classes.size()) {
      throw new StepFailure(
          ExitCode.USAGE,
          ("pretrain.batches.samplesPerClass is %d, so that a batch of %d has %d classes, but the"
                  + " training set has %d; write a larger one, or a smaller pretrain.batchSize")
              .formatted(samplesPerClass, batchSize, batchSize / samplesPerClass, classes.size()));
    }
  }

  /** The next batch, in an order in which no class has a place of its own. */
  int[] next() {
    int[] counts = samplesPerClass > 0 ? ofSomeClasses() : ofAllClasses();
    int[] batch =
        IntStream.range(0, counts.length)
            .flatMap(label -> Arrays.stream(images.get(label).hand(counts[label])))
            .toArray();
    int[] order = CounterRandom.permutation(CounterRandom.key(key, 2, made++), batchSize);
    return Arrays.stream(order).map(i -> batch[i]).toArray();
  }

  private int[] ofSomeClasses() {
    int[] counts = new int[classes.size()];
    for (int label : classes.hand(batchSize / samplesPerClass)) {
      counts[label] = samplesPerClass;
    }
    return counts;
  }

  private int[] ofAllClasses() {
    int[] counts = new int[classes.size()];
    Arrays.fill(counts, batchSize / counts.length);
    for (int label : classes.hand(batchSize % counts.length)) {
      counts[label]++;
    }
    return counts;
  }
}
