package dev.supcon.runner.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.checkpoint.SafeTensors;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.measure.Predictions;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearClassifierTest {
  private static final LinearClassifier TWO =
      new LinearClassifier(new float[] {1, 2, 3, 4, 5, 6}, new float[] {0.5f, -0.5f}, 2);
  private static final LinearClassifier NORMALISING =
      new LinearClassifier(TWO.weights(), TWO.bias(), TWO.temperature(), true);

  @Test
  void logitsAreTheAffineMapOverTheTemperature() {
    Features one = new Features(new float[] {1, 0, -1}, 3, new int[] {1});
    Predictions predictions = TWO.predict(one);

    assertThat(predictions.logits()).containsExactly(new float[] {-0.75f, -1.25f}, within(1e-6f));
    assertThat(predictions.labels()).containsExactly(1);
  }

  @Test
  void aFileGivesBackWhatWasWritten(@TempDir Path folder) {
    Path file = folder.resolve(LinearClassifier.FILE);
    TWO.write(file);
    LinearClassifier back = LinearClassifier.read(file);

    assertThat(back.weights()).containsExactly(TWO.weights());
    assertThat(back.bias()).containsExactly(TWO.bias());
    assertThat(back.temperature()).isEqualTo(2);
    assertThat(back.normalizeInput()).isFalse();
  }

  @Test
  void oneThatNormalisesItsInputIsThePlainOneOfUnitFeatures() {
    float tenth = (float) Math.sqrt(0.01 / 3);
    Features unit = new Features(new float[] {0.6f, 0, 0.8f, 0, 0, 0}, 3, new int[2]);
    Features longer = new Features(new float[] {6, 0, 8, 0, 0, 0}, 3, new int[2]);
    Features shorter = new Features(new float[] {tenth, tenth, -tenth}, 3, new int[1]);

    assertThat(NORMALISING.predict(longer).logits())
        .containsExactly(TWO.predict(unit).logits(), within(1e-6f));
    for (float value : shorter.unitRows().values()) {
      assertThat(Math.abs(value)).isCloseTo((float) Math.sqrt(1 / 3.0), within(1e-6f));
    }
  }

  @Test
  void itsFileSaysThatItNormalisesItsInput(@TempDir Path folder) {
    Path file = folder.resolve(LinearClassifier.FILE);
    NORMALISING.write(file);

    assertThat(SafeTensors.read(file).metadata()).containsEntry("normalizeInput", "true");
    assertThat(LinearClassifier.read(file).normalizeInput()).isTrue();
    assertThat(LinearClassifier.read(file).withTemperature(3).normalizeInput()).isTrue();
  }

  @Test
  void aClassifierWithoutATemperatureIsNotCalibrated(@TempDir Path folder) {
    Path file = folder.resolve("head.safetensors");
    TreeMap<String, TensorBytes> tensors = new TreeMap<>();
    tensors.put("fc.weight", TensorBytes.of(new float[6], 2, 3));
    tensors.put("fc.bias", TensorBytes.of(new float[2], 2));
    new SafeTensors(Map.of(), tensors).write(file);

    assertThat(LinearClassifier.read(file).temperature()).isEqualTo(1);
  }

  @Test
  void aFileWithoutWeightsIsRefused(@TempDir Path folder) {
    Path file = folder.resolve("odd.safetensors");
    new SafeTensors(Map.of(), new TreeMap<>()).write(file);

    assertThatThrownBy(() -> LinearClassifier.read(file))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA));
  }

  @Test
  void featuresOfAnotherWidthAreRefused() {
    Features narrow = new Features(new float[2], 2, new int[1]);

    assertThatThrownBy(() -> TWO.predict(narrow)).isInstanceOf(IllegalArgumentException.class);
  }
}
