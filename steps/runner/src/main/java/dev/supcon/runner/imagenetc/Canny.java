package dev.supcon.runner.imagenetc;

/**
 * OpenCV's {@code Canny} of 8-bit grey: Sobel of 3 pixels with replicated borders, |dx| + |dy|,
 * edges thinned along their direction, weak ones kept where they touch strong ones.
 */
final class Canny {
  private static final int TAN_22_5 = 13573; // of 2^15

  private final int side;
  private final int low;
  private final int high;
  private final int[] dx;
  private final int[] dy;

  /** With a border of zeros. */
  private final int[] magnitude;

  private final boolean[] edge;
  private final boolean[] weak;
  private final int[] stack;
  private int stacked;

  private Canny(int side, int low, int high) {
    this.side = side;
    this.low = low;
    this.high = high;
    dx = new int[side * side];
    dy = new int[side * side];
    magnitude = new int[(side + 2) * (side + 2)];
    edge = new boolean[side * side];
    weak = new boolean[side * side];
    stack = new int[side * side];
  }

  /**
   * @param grey [side, side]
   * @return whether there is an edge
   */
  static boolean[] edges(byte[] grey, int side, int low, int high) {
    Canny canny = new Canny(side, low, high);
    canny.differentiate(grey);
    canny.thin();
    canny.follow();
    return canny.edge;
  }

  private void differentiate(byte[] grey) {
    for (int y = 0; y < side; y++) {
      int above = Borders.nearest(y - 1, side) * side;
      int below = Borders.nearest(y + 1, side) * side;
      for (int x = 0; x < side; x++) {
        int left = Borders.nearest(x - 1, side);
        int right = Borders.nearest(x + 1, side);
        int i = y * side + x;
        int corners = (grey[below + right] & 255) - (grey[above + left] & 255);
        int others = (grey[above + right] & 255) - (grey[below + left] & 255);
        int across = (grey[y * side + right] & 255) - (grey[y * side + left] & 255);
        int down = (grey[below + x] & 255) - (grey[above + x] & 255);
        dx[i] = corners + others + 2 * across;
        dy[i] = corners - others + 2 * down;
        magnitude[(y + 1) * (side + 2) + x + 1] = Math.abs(dx[i]) + Math.abs(dy[i]);
      }
    }
  }

  private void thin() {
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int here = magnitude[(y + 1) * (side + 2) + x + 1];
        if (here > low && isRidge(y * side + x, here)) {
          weak[y * side + x] = true;
          if (here > high) {
            mark(y * side + x);
          }
        }
      }
    }
  }

  private boolean isRidge(int pixel, int here) {
    int at = (pixel / side + 1) * (side + 2) + pixel % side + 1;
    long flat = (long) Math.abs(dx[pixel]) * TAN_22_5;
    long rise = (long) Math.abs(dy[pixel]) << 15;
    if (rise < flat) {
      return here > magnitude[at - 1] && here >= magnitude[at + 1];
    }
    int row = side + 2;
    if (rise > flat + ((long) Math.abs(dx[pixel]) << 16)) {
      return here > magnitude[at - row] && here >= magnitude[at + row];
    }
    int slope = (dx[pixel] ^ dy[pixel]) < 0 ? -1 : 1;
    return here > magnitude[at - row - slope] && here > magnitude[at + row + slope];
  }

  private void mark(int pixel) {
    edge[pixel] = true;
    stack[stacked++] = pixel;
  }

  private void follow() {
    while (stacked > 0) {
      int pixel = stack[--stacked];
      int bottom = Math.min(pixel / side + 1, side - 1);
      int right = Math.min(pixel % side + 1, side - 1);
      for (int y = Math.max(pixel / side - 1, 0); y <= bottom; y++) {
        for (int x = Math.max(pixel % side - 1, 0); x <= right; x++) {
          if (weak[y * side + x] && !edge[y * side + x]) {
            mark(y * side + x);
          }
        }
      }
    }
  }
}
