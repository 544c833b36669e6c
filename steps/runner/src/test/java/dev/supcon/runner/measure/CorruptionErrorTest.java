package dev.supcon.runner.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CorruptionErrorTest {
  private static final List<String> TYPES =
      List.of(
          "gaussianNoise",
          "shotNoise",
          "impulseNoise",
          "defocusBlur",
          "glassBlur",
          "motionBlur",
          "zoomBlur",
          "snow",
          "frost",
          "fog",
          "brightness",
          "contrast",
          "elasticTransform",
          "pixelate",
          "jpegCompression");
  private static final double[] ALEXNET = {
    .886428, .894468, .922640, .819880, .826268, .785948, .798360, .866816, .826572, .819324,
    .564592, .853204, .646056, .717840, .606500
  };

  @Test
  void alexNetItselfScoresAHundred() {
    CorruptionError alexNet = new CorruptionError(1000, scaled(1));

    assertThat(alexNet.mce().orElseThrow()).isCloseTo(100, within(1e-9));
    assertThat(alexNet.relativeMce(.4348).orElseThrow()).isCloseTo(100, within(1e-9));
    assertThat(alexNet.mean()).isCloseTo(.788993, within(1e-6));
  }

  @Test
  void halfOfItsErrorsScoreFifty() {
    assertThat(new CorruptionError(1000, scaled(0.5)).mce().orElseThrow())
        .isCloseTo(50, within(1e-9));
  }

  @Test
  void withoutImageNetAllTypesOrAllSeveritiesThereIsNoMce() {
    Map<String, List<Double>> oneMissing = scaled(1);
    oneMissing.remove("snow");
    Map<String, List<Double>> oneShort = scaled(1);
    oneShort.put("snow", List.of(.1, .2));

    assertThat(new CorruptionError(10, scaled(1)).mce()).isEmpty();
    assertThat(new CorruptionError(1000, oneMissing).mce()).isEmpty();
    assertThat(new CorruptionError(1000, oneShort).relativeMce(.2)).isEmpty();
  }

  @Test
  void theMeanIsOverAllTypesAndSeverities() {
    CorruptionError error =
        new CorruptionError(10, Map.of("contrast", List.of(.1, .3), "snow", List.of(.5)));

    assertThat(error.mean()).isCloseTo(.3, within(1e-12));
  }

  private static Map<String, List<Double>> scaled(double factor) {
    Map<String, List<Double>> errors = new TreeMap<>();
    for (int t = 0; t < TYPES.size(); t++) {
      errors.put(TYPES.get(t), Collections.nCopies(5, factor * ALEXNET[t]));
    }
    return errors;
  }
}
