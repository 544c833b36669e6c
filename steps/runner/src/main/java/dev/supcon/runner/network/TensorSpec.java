package dev.supcon.runner.network;

import java.util.List;

/**
 * A parameter or buffer before it has values.
 *
 * @param name torchvision's, such as {@code layer1.0.conv1.weight}; heads are {@code head.0.weight}
 *     and {@code fc.weight}
 * @param fanIn inputs of the linear layer that it belongs to; 0 elsewhere
 */
public record TensorSpec(String name, Role role, long fanIn, List<Long> shape) {

  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** What a tensor is for; decides its initial value. */
  public enum Role {
    CONV_WEIGHT,
    NORM_WEIGHT,
    NORM_BIAS,
    LINEAR_WEIGHT,
    LINEAR_BIAS,
    RUNNING_MEAN,
    RUNNING_VARIANCE;

    /** Whether it is state that the forward pass keeps, not a parameter. */
    boolean buffer() {
      return this == RUNNING_MEAN || this == RUNNING_VARIANCE;
    }
  }

  /** Number of its values. */
  public int size() {
    return Math.toIntExact(shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b));
  }

  long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
