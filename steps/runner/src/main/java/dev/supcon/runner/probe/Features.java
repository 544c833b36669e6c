package dev.supcon.runner.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.torchscript.Tensors;
import java.util.Arrays;

/**
 * Features of a frozen encoder, kept so that every probe reads the images only once.
 *
 * @param values row-major [N, F]
 * @param width F
 * @param labels [N]
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of numbers; nobody compares two of these.
public record Features(float[] values, int width, int[] labels) {

  /**
   * @throws IllegalArgumentException when the sizes do not agree
   */
  public Features {
    if ((long) labels.length * width != values.length) {
      throw new IllegalArgumentException(
          values.length + " values for " + labels.length + " rows of width " + width);
    }
  }

  public int size() {
    return labels.length;
  }

  /** These rows, then the other's. */
  public Features and(Features other) {
    float[] joined = Arrays.copyOf(values, values.length + other.values.length);
    System.arraycopy(other.values, 0, joined, values.length, other.values.length);
    int[] joinedLabels = Arrays.copyOf(labels, size() + other.size());
    System.arraycopy(other.labels, 0, joinedLabels, size(), other.size());
    return new Features(joined, width, joinedLabels);
  }

  /** The same directions, each of length 1; a row of zeros stays one. */
  public Features unitRows() {
    float[] rows = new float[values.length];
    for (int i = 0; i < size(); i++) {
      unitRow(i, rows, i * width);
    }
    return new Features(rows, width, labels);
  }

  /** Writes a row, divided by its length, into a target at an offset. */
  void unitRow(int row, float[] target, int offset) {
    int from = row * width;
    double square = 0;
    for (int k = 0; k < width; k++) {
      square += (double) values[from + k] * values[from + k];
    }
    double length = Math.max(Math.sqrt(square), 1e-12);
    for (int k = 0; k < width; k++) {
      target[offset + k] = (float) (values[from + k] / length);
    }
  }

  /** The values as fp32 [N, F]. */
  NDArray array(NDManager manager) {
    return Tensors.floats(manager, values, size(), width);
  }

  /** The labels as int64 [N]. */
  NDArray labelArray(NDManager manager) {
    return Tensors.longs(manager, labels);
  }
}
