package dev.supcon.runner.torchscript;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Arrays from Java's memory and back, aligned to 64 bytes and of types that cannot kill the JVM.
 */
public final class Tensors {
  /** libtorch's own alignment; kernels take another path, with other sums, on less. */
  private static final int ALIGNMENT = 64;

  private Tensors() {}

  /** A copy of the values as fp32. */
  public static NDArray floats(NDManager manager, float[] values, long... shape) {
    NDArray array = manager.create(new Shape(shape), DataType.FLOAT32, Device.cpu());
    array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer().put(values);
    return on(manager, array);
  }

  /** A copy of the values as int64, libtorch's type of indices. */
  public static NDArray longs(NDManager manager, long[] values, long... shape) {
    NDArray array = manager.create(new Shape(shape), DataType.INT64, Device.cpu());
    array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asLongBuffer().put(values);
    return on(manager, array);
  }

  /** The array, or a copy in its place, on the owner's device; the owner's from now on. */
  public static NDArray on(NDManager owner, NDArray array) {
    NDArray there = array.toDevice(owner.getDevice(), false);
    if (there != array) {
      array.close();
    }
    there.attach(owner);
    return there;
  }

  /** Puts values in the place of others, wherever they are; the array's memory stays its own. */
  public static void overwrite(NDArray array, float[] values) {
    try (NDArray given = floats(array.getManager(), values, array.getShape().getShape())) {
      array.set(new NDIndex("..."), given);
    }
  }

  /** The same of ints. */
  public static NDArray longs(NDManager manager, int[] values) {
    return longs(manager, Arrays.stream(values).asLongStream().toArray(), values.length);
  }

  /** A direct buffer that starts at a multiple of 64 bytes. */
  public static ByteBuffer alignedBuffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes + ALIGNMENT)
        .alignedSlice(ALIGNMENT)
        .limit(bytes)
        .slice()
        .order(ByteOrder.nativeOrder());
  }

  /**
   * A uint8 array over the buffer's bytes, without a copy; the buffer must not change before the
   * last use.
   *
   * @throws IllegalArgumentException when the buffer is not direct and aligned to 64 bytes
   */
  public static NDArray bytes(NDManager manager, ByteBuffer buffer, long... shape) {
    if (!buffer.isDirect() || buffer.alignmentOffset(buffer.position(), ALIGNMENT) != 0) {
      throw new IllegalArgumentException("pixels need a direct buffer aligned to 64 bytes");
    }
    return manager.create(buffer, new Shape(shape), DataType.UINT8);
  }

  /**
   * The type itself when the engine knows it.
   *
   * @throws IllegalArgumentException for the others, bfloat16 among them: DJL 0.36's native code
   *     meets them with a bare {@code throw}, which aborts the JVM
   */
  public static DataType supported(DataType type) {
    return switch (type) {
      case FLOAT32, FLOAT64, FLOAT16, UINT8, INT8, INT32, INT64, BOOLEAN -> type;
      default ->
          throw new IllegalArgumentException(
              type + " would abort the JVM on this engine; make such tensors inside a script");
    };
  }
}
