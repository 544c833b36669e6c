package dev.supcon.runner.measure;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Errors under corruption (Hendrycks and Dietterich 2019).
 *
 * @param classes of the classifier; mCE is defined for ImageNet's 1,000 only
 * @param errors per type, such as {@code gaussianNoise}, the error (1 - top-1) at each severity
 *     evaluated, ascending
 */
public record CorruptionError(int classes, Map<String, List<Double>> errors) {
  private static final int IMAGENET_CLASSES = 1000;
  private static final int SEVERITIES = 5;

  /** Clean top-1 error of torchvision's AlexNet. */
  private static final double ALEXNET_CLEAN = 0.4348;

  /** AlexNet's error, mean over the five severities (google-research/augmix, imagenet.py). */
  private static final Map<String, Double> ALEXNET =
      Map.ofEntries(
          Map.entry("gaussianNoise", .886428),
          Map.entry("shotNoise", .894468),
          Map.entry("impulseNoise", .922640),
          Map.entry("defocusBlur", .819880),
          Map.entry("glassBlur", .826268),
          Map.entry("motionBlur", .785948),
          Map.entry("zoomBlur", .798360),
          Map.entry("snow", .866816),
          Map.entry("frost", .826572),
          Map.entry("fog", .819324),
          Map.entry("brightness", .564592),
          Map.entry("contrast", .853204),
          Map.entry("elasticTransform", .646056),
          Map.entry("pixelate", .717840),
          Map.entry("jpegCompression", .606500));

  public CorruptionError {
    errors = Collections.unmodifiableMap(new TreeMap<>(errors)); // One order of adding.
  }

  /** Mean over all types and severities, a fraction: what is reported for CIFAR-C. */
  public double mean() {
    return errors.values().stream()
        .flatMap(List::stream)
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(0);
  }

  /** mCE in percent: 100 times the mean over the 15 types of error / AlexNet's error. */
  public OptionalDouble mce() {
    return relativeToAlexNet(0, 0);
  }

  /** Relative mCE in percent: the same of the errors' increase over the clean error. */
  public OptionalDouble relativeMce(double cleanError) {
    return relativeToAlexNet(cleanError, ALEXNET_CLEAN);
  }

  private OptionalDouble relativeToAlexNet(double clean, double alexNetClean) {
    if (!defined()) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (String type : new TreeSet<>(ALEXNET.keySet())) {
      sum += (mean(type) - clean) / (ALEXNET.getOrDefault(type, 1.0) - alexNetClean);
    }
    return OptionalDouble.of(100 * sum / ALEXNET.size());
  }

  private boolean defined() {
    return classes == IMAGENET_CLASSES
        && errors.keySet().containsAll(ALEXNET.keySet())
        && ALEXNET.keySet().stream().allMatch(type -> of(type).size() == SEVERITIES);
  }

  private double mean(String type) {
    return of(type).stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private List<Double> of(String type) {
    return errors.getOrDefault(type, List.of());
  }
}
