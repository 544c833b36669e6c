package dev.supcon.runner.data;

import dev.supcon.runner.data.ShapeFill.Colour;

/**
 * Paints one textured shape on a textured background. Colours of both come from the same
 * distribution, so neither a pixel's value nor an image's mean tells the class.
 */
final class ShapePainter {
  /** Sub-samples of a pixel, along each side, for a smooth edge. */
  private static final int FINE = 4;

  /** In units of 1/255; enough that no two images are equal and flat areas are not flat. */
  private static final double NOISE = 5;

  private final int side;

  ShapePainter(int side) {
    this.side = side;
  }

  /** HWC, RGB, uint8; a pure function of its arguments. */
  byte[] paint(ShapeOutline outline, boolean test, long key) {
    Draws draws = new Draws(key);
    ShapeFill back = ShapeFill.draw(draws, test);
    ShapeFill front = ShapeFill.drawApart(draws, test, back);
    ShapePose pose = ShapePose.draw(draws);
    Draws noise = new Draws(CounterRandom.key(key, 1));
    byte[] image = new byte[3 * side * side];
    for (int pixel = 0; pixel < side * side; pixel++) {
      double x = (pixel % side + 0.5) / side;
      double y = (Math.floorDiv(pixel, side) + 0.5) / side;
      double cover = cover(outline, pose, x, y);
      Colour colour = front.at(x, y).mix(back.at(x, y), cover);
      image[3 * pixel] = clip(colour.red(), noise);
      image[3 * pixel + 1] = clip(colour.green(), noise);
      image[3 * pixel + 2] = clip(colour.blue(), noise);
    }
    return image;
  }

  /** Share of the pixel around a place that the shape covers. */
  private double cover(ShapeOutline outline, ShapePose pose, double x, double y) {
    int hits = 0;
    for (int i = 0; i < FINE * FINE; i++) {
      double fineX = x + ((i % FINE + 0.5) / FINE - 0.5) / side;
      double fineY = y + ((Math.floorDiv(i, FINE) + 0.5) / FINE - 0.5) / side;
      if (pose.covers(outline, fineX, fineY)) {
        hits++;
      }
    }
    return hits / (double) (FINE * FINE);
  }

  private static byte clip(double value, Draws noise) {
    long level = Math.round(255 * value + NOISE * (noise.between(-1, 1) + noise.between(-1, 1)));
    return (byte) Math.max(0, Math.min(255, level));
  }
}
