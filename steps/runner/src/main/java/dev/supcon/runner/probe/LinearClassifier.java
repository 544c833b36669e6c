package dev.supcon.runner.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.checkpoint.SafeTensors;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.measure.Predictions;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A linear layer on features: logits = (W x + b) / temperature, or of x / |x|.
 *
 * @param weights row-major [C, F]
 * @param bias [C]
 * @param temperature fitted on held-out data; 1 when it was not
 * @param normalizeInput whether it divides features by their length first
 */
@SuppressWarnings("ArrayRecordComponent") // Weights; nobody compares two classifiers.
public record LinearClassifier(
    float[] weights, float[] bias, double temperature, boolean normalizeInput) {
  /** The file's name in a step's result. */
  public static final String FILE = "classifier.safetensors";

  private static final String WEIGHT = "fc.weight";
  private static final String BIAS = "fc.bias";
  private static final String TEMPERATURE = "temperature";
  private static final String NORMALIZE_INPUT = "normalizeInput";

  /**
   * @throws IllegalArgumentException when the weights are not a whole number of rows
   */
  public LinearClassifier {
    if (bias.length == 0 || weights.length % bias.length != 0) {
      throw new IllegalArgumentException(weights.length + " weights for " + bias.length);
    }
  }

  /** Takes features as they are. */
  public LinearClassifier(float[] weights, float[] bias, double temperature) {
    this(weights, bias, temperature, false);
  }

  public int classes() {
    return bias.length;
  }

  /** Width F of the features. */
  public int width() {
    return weights.length / bias.length;
  }

  public LinearClassifier withTemperature(double fitted) {
    return new LinearClassifier(weights, bias, fitted, normalizeInput);
  }

  /**
   * Calibrated logits of each row.
   *
   * @throws IllegalArgumentException when the features have another width
   */
  public Predictions predict(Features features) {
    if (features.width() != width()) {
      throw new IllegalArgumentException(
          "features of width " + features.width() + " for a classifier of width " + width());
    }
    Features input = normalizeInput ? features.unitRows() : features;
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray w = Tensors.floats(manager, weights, classes(), width());
      NDArray b = Tensors.floats(manager, bias, classes());
      NDArray logits = input.array(manager).matMul(w.transpose()).add(b); // [N, C]
      float[] values = logits.div((float) temperature).toFloatArray();
      return new Predictions(values, classes(), features.labels());
    }
  }

  /**
   * Writes {@code fc.weight}, {@code fc.bias} (torchvision's names) and {@code temperature}; where
   * it normalises its input, the metadata says so.
   */
  public void write(Path file) {
    Map<String, TensorBytes> tensors = new TreeMap<>();
    tensors.put(WEIGHT, TensorBytes.of(weights, classes(), width()));
    tensors.put(BIAS, TensorBytes.of(bias, classes()));
    tensors.put(TEMPERATURE, TensorBytes.of(new double[] {temperature}));
    Map<String, String> words = new TreeMap<>(Map.of("format", "pt"));
    if (normalizeInput) {
      words.put(NORMALIZE_INPUT, "true");
    }
    new SafeTensors(words, new TreeMap<>(tensors)).write(file);
  }

  /**
   * Reads a classifier; one without {@code temperature} is not calibrated.
   *
   * @throws StepFailure NO_INPUT when there is no such file, DATA when it holds no classifier
   */
  public static LinearClassifier read(Path file) {
    SafeTensors content = SafeTensors.read(file);
    TensorBytes temperature = content.tensors().get(TEMPERATURE);
    try {
      return new LinearClassifier(
          content.tensor(WEIGHT).floats(),
          content.tensor(BIAS).floats(),
          temperature == null ? 1 : temperature.doubles()[0],
          content.metadata().getOrDefault(NORMALIZE_INPUT, "false").equals("true"));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new StepFailure(ExitCode.DATA, file + " holds no classifier: " + e.getMessage(), e);
    }
  }
}
