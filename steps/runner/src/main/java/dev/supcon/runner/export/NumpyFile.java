package dev.supcon.runner.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes NumPy's format NPY, version 1.0 (numpy.lib.format). */
final class NumpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  private NumpyFile() {}

  /** Writes fp32 [values / width, width], row-major. */
  static void write(Path file, float[] values, int width) throws IOException {
    ByteBuffer row = ByteBuffer.allocate(4 * width).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream target = begin(file, "<f4", values.length / width + ", " + width)) {
      for (int from = 0; from < values.length; from += width) {
        row.asFloatBuffer().put(values, from, width);
        target.write(row.array());
      }
    }
  }

  /** Writes int64 [values]. */
  static void write(Path file, int[] values) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream target = begin(file, "<i8", values.length + ",")) {
      for (int value : values) {
        target.write(one.putLong(0, value).array());
      }
    }
  }

  private static OutputStream begin(Path file, String type, String shape) throws IOException {
    String words =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, shape);
    int unpadded = MAGIC.length + Short.BYTES + words.length() + 1;
    String header = words + " ".repeat(Math.floorMod(-unpadded, ALIGNMENT)) + "\n";
    OutputStream target = new BufferedOutputStream(Files.newOutputStream(file));
    target.write(MAGIC);
    target.write(header.length());
    target.write(header.length() >> Byte.SIZE);
    target.write(header.getBytes(StandardCharsets.US_ASCII));
    return target;
  }
}
