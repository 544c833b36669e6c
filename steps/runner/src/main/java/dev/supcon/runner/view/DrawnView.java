package dev.supcon.runner.view;

import dev.supcon.contract.spec.ViewSpec;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.data.Picture;
import java.util.List;
import java.util.Locale;

/**
 * What chance decided for one view, in the order in which it is done.
 *
 * @param jitter {@link ColorJitter#NONE} where there is none
 * @param warp {@link DrawnWarp#NONE} where there is none
 * @param blurSigma 0 where there is no blur
 */
record DrawnView(
    Crop crop,
    boolean flip,
    ColorJitter jitter,
    List<DrawnOperation> operations,
    boolean grayscale,
    DrawnWarp warp,
    double blurSigma) {
  private static final double SIGMA_MIN = 0.1;
  private static final double SIGMA_MAX = 2.0;

  private static final int CROP = 0;
  private static final int FLIP = 1;
  private static final int JITTER = 2;
  private static final int GRAYSCALE = 3;
  private static final int BLUR = 4;
  private static final int OPERATIONS = 5;
  private static final int WARP = 6;

  /** Each operation has its own numbers: changing one leaves the others' as they were. */
  static DrawnView random(long viewKey, Picture image, ViewSpec spec, OperationDraws operations) {
    boolean jitters = spec.policy().jitters();
    long crop = CounterRandom.key(viewKey, CROP);
    long flip = CounterRandom.key(viewKey, FLIP);
    long jitter = CounterRandom.key(viewKey, JITTER);
    long grayscale = CounterRandom.key(viewKey, GRAYSCALE);
    long warp = CounterRandom.key(viewKey, WARP);
    long blur = CounterRandom.key(viewKey, BLUR);
    boolean jittered =
        jitters && happens(jitter, spec.jitterProbability()) && spec.jitterStrength() > 0;
    return new DrawnView(
        Crop.random(crop, image, spec.cropAreaMin(), spec.cropAreaMax()),
        happens(flip, spec.flipProbability()),
        jittered ? ColorJitter.random(jitter, spec.jitterStrength()) : ColorJitter.NONE,
        operations.random(CounterRandom.key(viewKey, OPERATIONS)),
        jitters && happens(grayscale, spec.grayscaleProbability()),
        jitters && happens(warp, spec.warpProbability()) ? DrawnWarp.random(warp) : DrawnWarp.NONE,
        jitters && happens(blur, spec.blurProbability()) ? sigma(blur) : 0);
  }

  /** Reads the key's position 0; parameters stand from position 1 on (crops use none of this). */
  private static boolean happens(long key, double probability) {
    return CounterRandom.uniform(key, 0) < probability;
  }

  private static double sigma(long key) {
    return SIGMA_MIN + (SIGMA_MAX - SIGMA_MIN) * CounterRandom.uniform(key, 1);
  }

  /** The operations in their order, for people. */
  String words() {
    StringBuilder words = new StringBuilder();
    words.append(
        String.format(
            Locale.ROOT, "crop %dx%d, at %d:%d", crop.width(), crop.height(), crop.x(), crop.y()));
    words.append(flip ? ", flip" : "");
    words.append(jitter.equals(ColorJitter.NONE) ? "" : ", " + jitter.words());
    operations.forEach(operation -> words.append(", ").append(operation.words()));
    words.append(grayscale ? ", grayscale" : "");
    words.append(warp.length() > 0 ? String.format(Locale.ROOT, ", warp %.1f", warp.length()) : "");
    words.append(blurSigma > 0 ? String.format(Locale.ROOT, ", blur %.2f", blurSigma) : "");
    return words.toString();
  }
}
