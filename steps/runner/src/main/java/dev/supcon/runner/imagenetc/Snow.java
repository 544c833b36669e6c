package dev.supcon.runner.imagenetc;

/** Flakes of blurred noise, twice, over a paler image. */
final class Snow implements Corruption {
  private final int side;
  private final Flakes flakes;
  private final CenterZoom zoom;
  private final MotionBlur blur;
  private final float mix;
  private final float rest;

  /**
   * Noise whose high values become flakes.
   *
   * @param threshold below which there is nothing
   */
  record Flakes(double mean, double deviation, double threshold) {}

  /**
   * @param mix how much of the image stays as it is
   */
  Snow(int side, Flakes flakes, double zoom, MotionBlur blur, double mix) {
    this.side = side;
    this.flakes = flakes;
    this.zoom = new CenterZoom(side, zoom);
    this.blur = blur;
    this.mix = (float) mix;
    rest = (float) (1 - mix);
  }

  @Override
  public byte[] apply(byte[] image, Draws draws) {
    byte[] snow = blur.apply(layer(draws), 1, draws.stream(1).uniform(0, -135, -45));
    byte[] corrupted = new byte[image.length];
    for (int i = 0; i < snow.length; i++) {
      double flake = UnitValues.of(snow[i]);
      double turned = UnitValues.of(snow[snow.length - 1 - i]);
      float red = UnitValues.floatOf(image[3 * i]);
      float green = UnitValues.floatOf(image[3 * i + 1]);
      float blue = UnitValues.floatOf(image[3 * i + 2]);
      float pale = (red * 0.299f + green * 0.587f + blue * 0.114f) * 1.5f + 0.5f;
      corrupted[3 * i] = UnitValues.toByte(paler(red, pale) + flake + turned);
      corrupted[3 * i + 1] = UnitValues.toByte(paler(green, pale) + flake + turned);
      corrupted[3 * i + 2] = UnitValues.toByte(paler(blue, pale) + flake + turned);
    }
    return corrupted;
  }

  private byte[] layer(Draws draws) {
    double[] noise = draws.normals(side * side, flakes.mean, flakes.deviation);
    byte[] layer = new byte[noise.length];
    double[] between = new double[side];
    for (int y = 0; y < side; y++) {
      zoom.between(y, noise, between);
      for (int x = 0; x < side; x++) {
        double value = zoom.across(x, between);
        layer[y * side + x] = value < flakes.threshold ? 0 : UnitValues.toByte(value);
      }
    }
    return layer;
  }

  private double paler(float value, float pale) {
    return mix * value + rest * Math.max(value, pale);
  }
}
