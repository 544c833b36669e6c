package dev.supcon.runner.data;

import dev.supcon.contract.step.Sha256;
import dev.supcon.runner.data.ImageSource.Sample;
import dev.supcon.runner.data.RepeatedImages.Twins;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the images of a data set that are equal, pixel by pixel. Filled by many threads. */
final class PixelHashes {
  private final List<Sample> samples;
  private final List<Part> parts;
  // 128 bits of SHA-256: two of a million images share them by chance once in 10^26 data sets.
  private final long[] high;
  private final long[] low;
  private final boolean[] known;

  /**
   * @param parts of the samples, by position
   */
  PixelHashes(List<Sample> samples, List<Part> parts) {
    this.samples = samples;
    this.parts = parts;
    this.high = new long[samples.size()];
    this.low = new long[samples.size()];
    this.known = new boolean[samples.size()];
  }

  void put(int sample, byte[] rgb) {
    ByteBuffer hash = ByteBuffer.wrap(new Sha256().add(rgb).bytes());
    high[sample] = hash.getLong();
    low[sample] = hash.getLong();
    known[sample] = true;
  }

  /** Of the images that were put, which are there more than once. */
  RepeatedImages repeated() {
    List<Integer> byHash =
        IntStream.range(0, known.length)
            .filter(i -> known[i])
            .boxed()
            .sorted(Comparator.<Integer>comparingLong(i -> high[i]).thenComparingLong(i -> low[i]))
            .toList();
    Found found = new Found();
    int from = 0;
    for (int to = 1; to <= byHash.size(); to++) {
      if (to == byHash.size() || !equal(byHash.get(from), byHash.get(to))) {
        found.add(byHash.subList(from, to));
        from = to;
      }
    }
    return found.all();
  }

  private boolean equal(int one, int other) {
    return high[one] == high[other] && low[one] == low[other];
  }

  /** What groups of equal images tell. */
  private final class Found {
    private final List<Twins> leaked = new ArrayList<>();
    private final List<Twins> contradictory = new ArrayList<>();
    private int copies;

    /**
     * @param equal images, in the order of the source
     */
    void add(List<Integer> equal) {
      copies += equal.size() - 1;
      Optional<Integer> learnt = equal.stream().filter(i -> parts.get(i) != Part.TEST).findFirst();
      int first = equal.getFirst();
      for (int i : equal) {
        if (learnt.isPresent() && parts.get(i) == Part.TEST) {
          leaked.add(twins(i, learnt.get()));
        }
        if (samples.get(i).label() != samples.get(first).label()) {
          contradictory.add(twins(i, first));
        }
      }
    }

    private Twins twins(int one, int other) {
      return new Twins(samples.get(one).name(), samples.get(other).name());
    }

    RepeatedImages all() {
      return new RepeatedImages(copies, sorted(leaked), sorted(contradictory));
    }

    private static List<Twins> sorted(List<Twins> twins) {
      return twins.stream().sorted(Comparator.comparing(Twins::image)).toList();
    }
  }
}
