package dev.supcon.runner.imagenetc;

import java.util.Arrays;

/**
 * Heights from 0 to 1 by diamond-square on a torus: the published {@code plasma_fractal}. Each
 * level draws its squares, then its diamonds in rows of corners, then those in rows of middles.
 */
final class Plasma {
  private final int side;
  private final double decay;
  private final Draws draws;
  private final double[] heights;
  private double wibble = 100;
  private int drawn;

  private Plasma(int side, double decay, Draws draws) {
    this.side = side;
    this.decay = decay;
    this.draws = draws;
    heights = new double[side * side];
  }

  /**
   * @param side a power of two
   * @param decay of the random part, from each level to the next
   * @return [side, side]
   */
  static double[] heights(int side, double decay, Draws draws) {
    Plasma plasma = new Plasma(side, decay, draws);
    for (int step = side; step >= 2; step /= 2) {
      plasma.squares(step);
      plasma.diamonds(step);
      plasma.wibble /= plasma.decay;
    }
    return plasma.scaled();
  }

  private void squares(int step) {
    int half = step / 2;
    for (int y = 0; y < side; y += step) {
      for (int x = 0; x < side; x += step) {
        double left = at(y, x) + at(y + step, x);
        double right = at(y, x + step) + at(y + step, x + step);
        set(y + half, x + half, left + right);
      }
    }
  }

  private void diamonds(int step) {
    int half = step / 2;
    for (int y = 0; y < side; y += step) {
      for (int x = half; x < side; x += step) {
        double middles = at(y + half, x) + at(y - half, x);
        set(y, x, middles + (at(y, x - half) + at(y, x + half)));
      }
    }
    for (int y = half; y < side; y += step) {
      for (int x = 0; x < side; x += step) {
        double middles = at(y, x + half) + at(y, x - half);
        set(y, x, middles + (at(y - half, x) + at(y + half, x)));
      }
    }
  }

  private double at(int y, int x) {
    return heights[(y & (side - 1)) * side + (x & (side - 1))];
  }

  private void set(int y, int x, double sum) {
    heights[y * side + x] = sum / 4 + wibble * draws.uniform(drawn, -wibble, wibble);
    drawn++;
  }

  private double[] scaled() {
    double least = Arrays.stream(heights).min().orElse(0);
    double range = Arrays.stream(heights).max().orElse(1) - least;
    for (int i = 0; i < heights.length; i++) {
      heights[i] = (heights[i] - least) / range;
    }
    return heights;
  }
}
