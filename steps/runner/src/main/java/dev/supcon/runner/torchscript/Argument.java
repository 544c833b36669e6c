package dev.supcon.runner.torchscript;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** One argument of a script's function. */
public sealed interface Argument {
  /** A {@code Tensor}. */
  record Single(NDArray array) implements Argument {}

  /** A {@code List[Tensor]}, not empty. */
  record Many(List<NDArray> arrays) implements Argument {}

  /** A {@code float}; only without autograd, for DJL passes nothing but arrays there. */
  record Real(double value) implements Argument {}

  /** An {@code int}; only without autograd. */
  record Whole(long value) implements Argument {}

  /** A tensor. */
  static Argument of(NDArray array) {
    return new Single(array);
  }

  /** A list of tensors. */
  static Argument of(List<NDArray> arrays) {
    return new Many(arrays);
  }

  /** A floating-point number. */
  static Argument of(double value) {
    return new Real(value);
  }

  /** An integer. */
  static Argument of(long value) {
    return new Whole(value);
  }
}
