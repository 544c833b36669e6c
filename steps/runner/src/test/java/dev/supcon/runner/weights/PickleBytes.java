package dev.supcon.runner.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Pickles written operation by operation, also such as no pickler would write. */
final class PickleBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Protocol 2, so far empty. */
  static PickleBytes begin() {
    return new PickleBytes().op(0x80, 2);
  }

  PickleBytes op(int... operations) {
    for (int operation : operations) {
      bytes.write(operation);
    }
    return this;
  }

  PickleBytes raw(String ascii) {
    bytes.writeBytes(ascii.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  PickleBytes global(String module, String name) {
    return raw("c" + module + "\n" + name + "\n");
  }

  PickleBytes text(String text) {
    return op('X').little(text.length()).raw(text);
  }

  PickleBytes number(long value) {
    bytes.write(0x8a);
    bytes.write(Long.BYTES);
    bytes.writeBytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    return this;
  }

  PickleBytes little(int value) {
    bytes.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }

  PickleBytes storage(String type, String key, long elements) {
    op('(').text("storage").global("torch", type).text(key).text("cpu").number(elements);
    return op('t', 'Q');
  }

  /** A tensor of fp32 numbers. */
  PickleBytes tensor(long elements, long offset, long[] shape, long... strides) {
    return tensor("FloatStorage", elements, offset, shape, strides);
  }

  PickleBytes tensor(String type, long elements, long offset, long[] shape, long... strides) {
    global("torch._utils", "_rebuild_tensor_v2").op('(').storage(type, "0", elements);
    number(offset);
    return sizes(shape).sizes(strides).op(0x89).global("collections", "OrderedDict").raw(")RtR");
  }

  private PickleBytes sizes(long... sizes) {
    op('(');
    for (long size : sizes) {
      number(size);
    }
    return op('t');
  }

  byte[] end() {
    return op('.').bytes();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
