package dev.supcon.runner.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the pickle, protocol 2, of TorchScript objects (torch/csrc/jit/serialization/pickler). */
final class Pickle {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Pickle() {
    raw(0x80, 2);
  }

  /** Begins an object of a class; its attributes follow, then {@link #built}. */
  Pickle object(String module, String name) {
    global(module, name);
    return raw(')', 0x81, '}', '(');
  }

  /** Names an attribute; its value follows. */
  Pickle attribute(String name) {
    return text(name);
  }

  Pickle yes() {
    return raw(0x88);
  }

  Pickle no() {
    return raw(0x89);
  }

  Pickle none() {
    return raw('N');
  }

  /**
   * A contiguous tensor.
   *
   * @param storage such as {@code FloatStorage}
   * @param key of the archive's entry with its bytes
   */
  Pickle tensor(String storage, int key, List<Long> shape) {
    long elements = shape.stream().reduce(1L, Math::multiplyExact);
    global("torch._utils", "_rebuild_tensor_v2");
    raw('(', '(');
    text("storage");
    global("torch", storage);
    text(Integer.toString(key));
    text("cpu");
    number(elements);
    raw('t', 'Q');
    number(0);
    raw('(');
    shape.forEach(this::number);
    raw('t', '(');
    long stride = elements;
    for (long size : shape) {
      stride = size == 0 ? 0 : stride / size;
      number(stride);
    }
    raw('t', 0x89);
    global("collections", "OrderedDict");
    return raw(')', 'R', 't', 'R');
  }

  /** Ends an object. */
  Pickle built() {
    return raw('u', 'b');
  }

  byte[] bytes() {
    raw('.');
    return bytes.toByteArray();
  }

  private void global(String module, String name) {
    bytes.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private Pickle text(String word) {
    byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
    raw('X');
    bytes.writeBytes(littleEndian(utf8.length));
    bytes.writeBytes(utf8);
    return this;
  }

  private void number(long value) {
    raw('J');
    bytes.writeBytes(littleEndian(Math.toIntExact(value)));
  }

  private static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private Pickle raw(int... opcodes) {
    for (int opcode : opcodes) {
      bytes.write(opcode);
    }
    return this;
  }
}
