package dev.supcon.runner.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.torchscript.Tensors;
import java.nio.ByteBuffer;

/** Pictures of noise by their numbers. */
public final class SomePixels {
  private SomePixels() {}

  /** uint8 [M, S, S, 3]; the same number is the same picture. */
  public static NDArray of(NDManager manager, int side, int... numbers) {
    int size = 3 * side * side;
    ByteBuffer pixels = Tensors.alignedBuffer(numbers.length * size);
    for (int row = 0; row < numbers.length; row++) {
      for (int i = 0; i < size; i++) {
        pixels.put(row * size + i, (byte) CounterRandom.bits(numbers[row], i));
      }
    }
    return Tensors.bytes(manager, pixels, numbers.length, side, side, 3);
  }
}
