package dev.supcon.runner.imagenetc;

import static dev.supcon.contract.spec.CorruptionType.*;
import static java.util.Map.entry;

import dev.supcon.contract.spec.CorruptionType;
import java.util.Map;

/**
 * The numbers of {@code make_cifar_c.py} and {@code make_imagenet_c.py}, severity 1 to 5; {@link
 * CorruptionTable} says what each means. Lengths of the elastic transform are in sides.
 */
final class PublishedParameters {
  static final PublishedParameters CIFAR =
      new PublishedParameters(
          Map.ofEntries(
              entry(GAUSSIAN_NOISE, each(.04, .06, .08, .09, .10)),
              entry(SHOT_NOISE, each(500, 250, 100, 75, 50)),
              entry(IMPULSE_NOISE, each(.01, .02, .03, .05, .07)),
              entry(DEFOCUS_BLUR, rows(2, .3, .4, .4, .5, .5, .6, 1, .2, 1.5, .1)),
              entry(GLASS_BLUR, rows(3, .05, 1, 1, .25, 1, 1, .4, 1, 1, .25, 1, 2, .4, 1, 2)),
              entry(MOTION_BLUR, rows(2, 6, 1, 6, 1.5, 6, 2, 8, 2, 9, 2.5)),
              entry(ZOOM_BLUR, rows(2, 1.06, .01, 1.11, .01, 1.16, .01, 1.21, .01, 1.26, .01)),
              entry(
                  SNOW,
                  new double[][] {
                    {.1, .2, 1, .6, 8, 3, .95},
                    {.1, .2, 1, .5, 10, 4, .9},
                    {.15, .3, 1.75, .55, 10, 4, .9},
                    {.25, .3, 2.25, .6, 12, 6, .85},
                    {.3, .3, 1.25, .65, 14, 12, .8}
                  }),
              entry(FOG, rows(2, .2, 3, .5, 3, .75, 2.5, 1, 2, 1.5, 1.75)),
              entry(BRIGHTNESS, each(.05, .1, .15, .2, .3)),
              entry(CONTRAST, each(.75, .5, .4, .3, .15)),
              entry(
                  ELASTIC_TRANSFORM,
                  rows(3, 0, 0, .08, .05, .2, .07, .08, .06, .06, .1, .04, .05, .1, .03, .03)),
              entry(PIXELATE, each(.95, .9, .85, .75, .65)),
              entry(JPEG_COMPRESSION, each(80, 65, 58, 50, 40)),
              entry(SPECKLE_NOISE, each(.06, .1, .12, .16, .2)),
              entry(GAUSSIAN_BLUR, each(.4, .6, .7, .8, 1)),
              entry(
                  SPATTER,
                  new double[][] {
                    {.62, .1, .7, .7, .5, 0},
                    {.65, .1, .8, .7, .5, 0},
                    {.65, .3, 1, .69, .5, 0},
                    {.65, .1, .7, .69, .6, 1},
                    {.65, .1, .5, .68, .6, 1}
                  }),
              entry(SATURATE, rows(2, .3, 0, .1, 0, 1.5, 0, 2, .1, 2.5, .2))));

  static final PublishedParameters IMAGENET =
      new PublishedParameters(
          Map.ofEntries(
              entry(GAUSSIAN_NOISE, each(.08, .12, .18, .26, .38)),
              entry(SHOT_NOISE, each(60, 25, 12, 5, 3)),
              entry(IMPULSE_NOISE, each(.03, .06, .09, .17, .27)),
              entry(DEFOCUS_BLUR, rows(2, 3, .1, 4, .5, 6, .5, 8, .5, 10, .5)),
              entry(GLASS_BLUR, rows(3, .7, 1, 2, .9, 2, 1, 1, 2, 3, 1.1, 3, 2, 1.5, 4, 2)),
              entry(MOTION_BLUR, rows(2, 10, 3, 15, 5, 15, 8, 15, 12, 20, 15)),
              entry(ZOOM_BLUR, rows(2, 1.11, .01, 1.16, .01, 1.21, .02, 1.26, .02, 1.31, .03)),
              entry(
                  SNOW,
                  new double[][] {
                    {.1, .3, 3, .5, 10, 4, .8},
                    {.2, .3, 2, .5, 12, 4, .7},
                    {.55, .3, 4, .9, 12, 8, .7},
                    {.55, .3, 4.5, .85, 12, 8, .65},
                    {.55, .3, 2.5, .85, 12, 12, .55}
                  }),
              entry(FOG, rows(2, 1.5, 2, 2, 2, 2.5, 1.7, 2.5, 1.5, 3, 1.4)),
              entry(BRIGHTNESS, each(.1, .2, .3, .4, .5)),
              entry(CONTRAST, each(.4, .3, .2, .1, .05)),
              entry(
                  ELASTIC_TRANSFORM,
                  rows(3, 2, .7, .1, 2, .08, .2, .05, .01, .02, .07, .01, .02, .12, .01, .02)),
              entry(PIXELATE, each(.6, .5, .4, .3, .25)),
              entry(JPEG_COMPRESSION, each(25, 18, 15, 10, 7)),
              entry(SPECKLE_NOISE, each(.15, .2, .35, .45, .6)),
              entry(GAUSSIAN_BLUR, each(1, 2, 3, 4, 6)),
              entry(
                  SPATTER,
                  new double[][] {
                    {.65, .3, 4, .69, .6, 0},
                    {.65, .3, 3, .68, .6, 0},
                    {.65, .3, 2, .68, .5, 0},
                    {.65, .3, 1, .65, 1.5, 1},
                    {.67, .4, 1, .65, 1.5, 1}
                  }),
              entry(SATURATE, rows(2, .3, 0, .1, 0, 2, 0, 5, .1, 20, .2))));

  private final Map<CorruptionType, double[][]> rows;

  private PublishedParameters(Map<CorruptionType, double[][]> rows) {
    this.rows = rows;
  }

  /** None of a type that is not ours. */
  double[] of(CorruptionType type, int severity) {
    return rows.getOrDefault(type, new double[severity][0])[severity - 1].clone();
  }

  private static double[][] each(double... one) {
    return rows(1, one);
  }

  private static double[][] rows(int columns, double... all) {
    double[][] rows = new double[all.length / columns][columns];
    for (int i = 0; i < all.length; i++) {
      rows[i / columns][i % columns] = all[i];
    }
    return rows;
  }
}
