package dev.supcon.runner.loss;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Rows in the order of their classes, cut into tiles of whole classes, or of parts of one class
 * that is longer than a tile. So two different tiles have either no class in common or are of one
 * class, and only those of a few large classes do.
 */
final class SortedTiles {
  private final long[] order;
  private final long[] bounds;
  private final long[] reach;

  private SortedTiles(long[] order, long[] bounds, long[] reach) {
    this.order = order;
    this.bounds = bounds;
    this.reach = reach;
  }

  /**
   * Sorts rows.
   *
   * @param labels of the rows, from 0
   * @param tile most rows of a tile
   */
  static SortedTiles of(int[] labels, int tile) {
    int[] order =
        IntStream.range(0, labels.length)
            .boxed()
            .sorted(Comparator.comparingInt(row -> labels[row]))
            .mapToInt(row -> row)
            .toArray();
    long[] bounds = new long[labels.length + 1];
    long[] reach = new long[labels.length];
    int tiles = 0;
    int from = 0;
    while (from < order.length) {
      int end = end(labels, order, from);
      int pieces = Math.ceilDiv(end - from, tile);
      while (end < order.length && end(labels, order, end) - from <= tile) {
        end = end(labels, order, end);
      }
      Arrays.fill(reach, tiles, tiles + pieces, tiles + pieces - 1);
      for (int piece = 1; piece <= pieces; piece++) {
        bounds[++tiles] = from + (long) (end - from) * piece / pieces;
      }
      from = end;
    }
    long[] starts = Arrays.copyOf(bounds, tiles + 1);
    return new SortedTiles(
        Arrays.stream(order).asLongStream().toArray(), starts, Arrays.copyOf(reach, tiles));
  }

  /** [M], rows by class, in a class by position. */
  long[] order() {
    return order;
  }

  /** [tiles + 1], first row of each tile in that order, and the end. */
  long[] bounds() {
    return bounds;
  }

  /** [tiles], for each tile the last one with a class of its own. */
  long[] reach() {
    return reach;
  }

  /** Values of rows in this order. */
  long[] sorted(long[] values) {
    return Arrays.stream(order).map(row -> values[(int) row]).toArray();
  }

  /** Values of rows in this order. */
  double[] sorted(double[] values) {
    return Arrays.stream(order).mapToDouble(row -> values[(int) row]).toArray();
  }

  /** Where the class of a place ends. */
  private static int end(int[] labels, int[] order, int place) {
    int end = place;
    while (end < order.length && labels[order[end]] == labels[order[place]]) {
      end++;
    }
    return end;
  }
}
