package dev.supcon.runner.imagenetc;

import java.util.Arrays;

/**
 * OpenCV's {@code distanceTransform(DIST_L2, 5)}: distance to the nearest marked pixel by chamfer
 * steps of 1, 1.4 and 2.1969, in 1/65536 pixel.
 */
final class EdgeDistance {
  private static final int NEXT = 65536;
  private static final int DIAGONAL = 91750; // 1.4f
  private static final int KNIGHT = 143976; // 2.1969f
  private static final int FAR = 1 << 30;

  /** Of a row with its border of two pixels. */
  private final int stride;

  private final int[] distance;

  private EdgeDistance(int side) {
    stride = side + 4;
    distance = new int[stride * stride];
    Arrays.fill(distance, FAR);
  }

  /**
   * @param marked [side, side]
   * @return [side, side] in pixels, not above the greatest
   */
  static float[] of(boolean[] marked, int side, float greatest) {
    EdgeDistance transform = new EdgeDistance(side);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int at = (y + 2) * transform.stride + x + 2;
        transform.distance[at] = marked[y * side + x] ? 0 : transform.nearer(at, -1);
      }
    }
    float[] pixels = new float[marked.length];
    for (int y = side - 1; y >= 0; y--) {
      for (int x = side - 1; x >= 0; x--) {
        int at = (y + 2) * transform.stride + x + 2;
        transform.distance[at] = transform.nearer(at, 1);
        pixels[y * side + x] = Math.min(transform.distance[at] * (1f / NEXT), greatest);
      }
    }
    return pixels;
  }

  /** By the neighbours above and to the left (-1), or below and to the right (1). */
  private int nearer(int at, int direction) {
    int row = direction * stride;
    int straight = Math.min(distance[at + direction], distance[at + row]);
    int diagonal = Math.min(distance[at + row - 1], distance[at + row + 1]);
    int flat = Math.min(distance[at + row - 2], distance[at + row + 2]);
    int steep = Math.min(distance[at + 2 * row - 1], distance[at + 2 * row + 1]);
    int knight = Math.min(flat, steep) + KNIGHT;
    int nearest = Math.min(Math.min(straight + NEXT, diagonal + DIAGONAL), knight);
    return Math.min(distance[at], Math.min(nearest, FAR));
  }
}
