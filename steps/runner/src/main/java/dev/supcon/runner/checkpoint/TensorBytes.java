package dev.supcon.runner.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor as it stands in a file: row-major, little-endian; equal when type, shape and bytes are.
 *
 * @param bytes little-endian, from position 0 to its limit; nobody moves its position
 */
public record TensorBytes(ElementType type, List<Long> shape, ByteBuffer bytes) {

  /**
   * @throws IllegalArgumentException when the bytes are not as many as type and shape say
   */
  public TensorBytes {
    shape = List.copyOf(shape);
    bytes = bytes.duplicate().rewind().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() != elements(shape) * type.bytes()) {
      throw new IllegalArgumentException(bytes.remaining() + " bytes for " + type + shape);
    }
  }

  /** Type F32. */
  public static TensorBytes of(float[] values, long... shape) {
    ByteBuffer bytes = allocate(ElementType.F32, values.length);
    bytes.asFloatBuffer().put(values);
    return new TensorBytes(ElementType.F32, dimensions(shape), bytes);
  }

  /** Type F64. */
  public static TensorBytes of(double[] values, long... shape) {
    ByteBuffer bytes = allocate(ElementType.F64, values.length);
    bytes.asDoubleBuffer().put(values);
    return new TensorBytes(ElementType.F64, dimensions(shape), bytes);
  }

  /** Type I64. */
  public static TensorBytes of(long[] values, long... shape) {
    ByteBuffer bytes = allocate(ElementType.I64, values.length);
    bytes.asLongBuffer().put(values);
    return new TensorBytes(ElementType.I64, dimensions(shape), bytes);
  }

  /** Type I32. */
  public static TensorBytes of(int[] values, long... shape) {
    ByteBuffer bytes = allocate(ElementType.I32, values.length);
    bytes.asIntBuffer().put(values);
    return new TensorBytes(ElementType.I32, dimensions(shape), bytes);
  }

  /**
   * @throws IllegalStateException when the type is not F32
   */
  public float[] floats() {
    float[] values = new float[checked(ElementType.F32)];
    reading().asFloatBuffer().get(values);
    return values;
  }

  /**
   * The values of any floating-point type as fp32: exact, but for F64's, which are rounded to the
   * nearest.
   *
   * @throws IllegalStateException when the type is an integer's
   */
  public float[] asFloats() {
    ByteBuffer in = reading();
    float[] values = new float[Math.toIntExact(elements(shape))];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case F32 -> in.getFloat();
            case F64 -> (float) in.getDouble();
            case F16 -> Float.float16ToFloat(in.getShort());
            case BF16 -> Float.intBitsToFloat(in.getShort() << Short.SIZE);
            case I64, I32, I16, I8, U8, BOOL ->
                throw new IllegalStateException("the tensor is " + type + ", of whole numbers");
          };
    }
    return values;
  }

  /**
   * @throws IllegalStateException when the type is not F64
   */
  public double[] doubles() {
    double[] values = new double[checked(ElementType.F64)];
    reading().asDoubleBuffer().get(values);
    return values;
  }

  /**
   * @throws IllegalStateException when the type is not I64
   */
  public long[] longs() {
    long[] values = new long[checked(ElementType.I64)];
    reading().asLongBuffer().get(values);
    return values;
  }

  /**
   * @throws IllegalStateException when the type is not I32
   */
  public int[] ints() {
    int[] values = new int[checked(ElementType.I32)];
    reading().asIntBuffer().get(values);
    return values;
  }

  /** A view of the bytes with its own position, little-endian. */
  public ByteBuffer reading() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Product of the shape; 1 for a scalar. */
  static long elements(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  private static List<Long> dimensions(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  private int checked(ElementType wanted) {
    if (type != wanted) {
      throw new IllegalStateException("the tensor is " + type + ", not " + wanted);
    }
    return Math.toIntExact(elements(shape));
  }

  private static ByteBuffer allocate(ElementType type, int elements) {
    return ByteBuffer.allocate(Math.multiplyExact(elements, type.bytes()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
