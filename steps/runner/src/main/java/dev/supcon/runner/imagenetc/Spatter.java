package dev.supcon.runner.imagenetc;

/** Drops of water or mud: smoothed noise where it is high. */
final class Spatter implements Corruption {
  private static final float[] WATER = {
    (float) (175 / 255.0), (float) (238 / 255.0), (float) (238 / 255.0)
  };
  private static final float[] MUD = {
    (float) (63 / 255.0), (float) (42 / 255.0), (float) (20 / 255.0)
  };

  private final int side;
  private final Liquid liquid;
  private final GaussianFilter filter;
  private final GaussianFilter mudFilter;

  /**
   * Noise whose high values become drops.
   *
   * @param sigma of its smoothing, in pixels
   * @param strength the thickest water's opacity; of mud the sigma that softens its edges
   */
  record Liquid(
      double mean,
      double deviation,
      double sigma,
      double threshold,
      double strength,
      boolean mud) {}

  Spatter(int side, Liquid liquid) {
    this.side = side;
    this.liquid = liquid;
    filter = GaussianFilter.nearest(liquid.sigma);
    mudFilter = GaussianFilter.nearest(liquid.strength);
  }

  @Override
  public byte[] apply(byte[] image, Draws draws) {
    double[] noise = draws.normals(side * side, liquid.mean, liquid.deviation);
    double[] layer = filter.apply(noise, side, 1);
    return liquid.mud ? muddy(image, layer) : watery(image, layer);
  }

  private byte[] watery(byte[] image, double[] layer) {
    byte[] drops = new byte[layer.length];
    for (int i = 0; i < layer.length; i++) {
      drops[i] = (byte) (int) (layer[i] < liquid.threshold ? 0 : layer[i] * 255);
    }
    float[] thickness = new Water(side).thickness(drops);
    byte[] corrupted = new byte[image.length];
    for (int i = 0; i < image.length; i++) {
      float mask = thickness[i / 3] * (float) liquid.strength;
      corrupted[i] = UnitValues.toByte(UnitValues.floatOf(image[i]) + mask * WATER[i % 3]);
    }
    return corrupted;
  }

  private byte[] muddy(byte[] image, double[] layer) {
    double[] drops = new double[layer.length];
    for (int i = 0; i < layer.length; i++) {
      drops[i] = layer[i] > liquid.threshold ? 1 : 0;
    }
    double[] soft = mudFilter.apply(drops, side, 1);
    byte[] corrupted = new byte[image.length];
    for (int i = 0; i < image.length; i++) {
      float mask = (float) soft[i / 3] < 0.8f ? 0 : (float) soft[i / 3];
      float value = UnitValues.floatOf(image[i]);
      corrupted[i] = UnitValues.toByte(value * (1 - mask) + MUD[i % 3] * mask);
    }
    return corrupted;
  }
}
