package dev.supcon.runner.imagenetc;

import dev.supcon.contract.spec.CorruptionType;

/**
 * Corruptions made of the published parameters, for images of one size.
 *
 * @param name of the parameters
 * @param elasticUnit what the elastic transform's lengths are given in, in pixels
 */
record CorruptionTable(String name, int side, PublishedParameters parameters, double elasticUnit) {
  /** Between the two published sizes, nearer to CIFAR's: a choice of ours. */
  private static final int LARGEST_SMALL_SIDE = 96;

  /** At 224 pixels the authors reckon with 244, a slip of theirs that is in their images. */
  private static final double ELASTIC_SLIP = 244.0 / 224;

  static CorruptionTable of(int side) {
    return side <= LARGEST_SMALL_SIDE
        ? new CorruptionTable("cifar", side, PublishedParameters.CIFAR, side)
        : new CorruptionTable("imagenet", side, PublishedParameters.IMAGENET, side * ELASTIC_SLIP);
  }

  /**
   * @throws IllegalArgumentException when there are no parameters
   */
  Corruption corruption(CorruptionType type, int severity) {
    double[] p = parameters.of(type, severity);
    return switch (type) {
      case GAUSSIAN_NOISE -> NoiseCorruptions.gaussian(p[0]);
      case SHOT_NOISE -> new ShotNoise(p[0]);
      case IMPULSE_NOISE -> NoiseCorruptions.impulse(p[0]);
      case SPECKLE_NOISE -> NoiseCorruptions.speckle(p[0]);
      case DEFOCUS_BLUR -> new DefocusBlur(side, DiskKernel.of(p[0], p[1]));
      case GLASS_BLUR -> new GlassBlur(side, p[0], (int) p[1], (int) p[2]);
      case MOTION_BLUR -> motionBlur(new MotionBlur(side, (int) p[0], p[1]));
      case ZOOM_BLUR -> new ZoomBlur(side, p[0], p[1]);
      case GAUSSIAN_BLUR -> gaussianBlur(GaussianFilter.nearest(p[0]));
      case SNOW -> snow(p);
      case FOG -> new Fog(side, p[0], p[1]);
      case SPATTER ->
          new Spatter(side, new Spatter.Liquid(p[0], p[1], p[2], p[3], p[4], p[5] == 1));
      case BRIGHTNESS -> ColorCorruptions.brightness(p[0]);
      case SATURATE -> ColorCorruptions.saturate(p[0], p[1]);
      case CONTRAST -> ColorCorruptions.contrast(p[0]);
      case ELASTIC_TRANSFORM ->
          new ElasticTransform(side, elasticUnit * p[0], elasticUnit * p[1], elasticUnit * p[2]);
      case PIXELATE -> pixelate(p[0]);
      case JPEG_COMPRESSION -> new JpegCompression(side, (int) p[0]);
      case FROST, UNKNOWN -> throw new IllegalArgumentException("no corruption of ours: " + type);
    };
  }

  private Corruption gaussianBlur(GaussianFilter filter) {
    return (image, draws) -> UnitValues.bytes(filter.apply(UnitValues.of(image), side, 3));
  }

  private static Corruption motionBlur(MotionBlur blur) {
    return (image, draws) -> blur.apply(image, 3, draws.uniform(0, -45, 45));
  }

  private Corruption snow(double[] p) {
    return new Snow(
        side,
        new Snow.Flakes(p[0], p[1], p[3]),
        p[2],
        new MotionBlur(side, (int) p[4], p[5]),
        p[6]);
  }

  private Corruption pixelate(double scale) {
    BoxResize down = new BoxResize(side, (int) (side * scale));
    BoxResize up = new BoxResize((int) (side * scale), side);
    return (image, draws) -> up.apply(down.apply(image));
  }
}
