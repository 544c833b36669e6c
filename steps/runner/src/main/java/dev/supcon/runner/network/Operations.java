package dev.supcon.runner.network;

/**
 * What a network consists of, for whoever writes it down: each operation takes and returns names of
 * values, and takes its tensors by torchvision's names.
 */
public interface Operations {

  /** [M, in, H, W] to [M, out, H', W']. */
  String convolution(String name, String x, Shape shape);

  /** Batch normalisation, with momentum 0.1 and epsilon 1e-5. */
  String normalisation(String name, String x, long channels);

  /** max(x, 0). */
  String relu(String x);

  /** x + shortcut. */
  String sum(String x, String shortcut);

  /** 3x3 with stride 2 and padding 1. */
  String maxPool(String x);

  /**
   * 3x3 with stride 2 and TensorFlow's padding SAME, which gives an even side one more at its end.
   */
  String samePool(String x);

  /** [M, C, H, W] to [M, C]. */
  String averagePool(String x);

  /** [M, in] to [M, out], with bias. */
  String linear(String name, String x, long in, long out);

  /** Rows of length 1; a row of zeros stays one. */
  String unitRows(String x);

  /** A square convolution without bias. */
  record Shape(long in, long out, long kernel, long stride) {
    /** On each side. */
    public long padding() {
      return kernel / 2;
    }
  }
}
