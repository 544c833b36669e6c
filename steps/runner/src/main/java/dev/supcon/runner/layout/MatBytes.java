package dev.supcon.runner.layout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.InflaterInputStream;

/**
 * A MATLAB 5 file ("MAT-File Format", MathWorks, chapter 1) without its compression, every length
 * and every dimension of which fits into what holds it. A reader that trusts it can then allocate
 * no more than a few times its size, whatever somebody wrote into it.
 */
final class MatBytes {
  private static final int HEADER = 128;
  private static final int MAX_BYTES = 32 << 20;
  private static final int MAX_DEPTH = 4;
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;

  /** What labels are made of: 1 cell, 2 struct, 4 text, 6 to 15 numbers; no objects, no code. */
  private static final int CELL = 1;

  private static final int STRUCT = 2;
  private static final int TEXT = 4;

  private final ByteBuffer bytes;

  private MatBytes(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * The plain file.
   *
   * @throws IOException when it is none, or is larger than any list of labels
   */
  static byte[] plain(byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file);
    in.order(order(file));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // Byte 116 to 123 say where objects are described; there are none.
    out.write(file, 0, 116);
    out.write(new byte[8]);
    out.write(file, 124, 4);
    in.position(HEADER);
    while (in.hasRemaining()) {
      Element element = Element.next(in, in.limit());
      if (element.type() == COMPRESSED) {
        out.write(inflated(file, element, MAX_BYTES - out.size()));
      } else {
        out.write(file, element.start(), element.end() - element.start());
      }
      in.position(element.end());
    }
    byte[] plain = out.toByteArray();
    MatBytes checked = new MatBytes(ByteBuffer.wrap(plain).order(in.order()));
    checked.checkAll(HEADER, plain.length, 0);
    return plain;
  }

  private static ByteOrder order(byte[] file) throws IOException {
    String mark = file.length < HEADER ? "" : "" + (char) file[126] + (char) file[127];
    return switch (mark) {
      case "IM" -> ByteOrder.LITTLE_ENDIAN;
      case "MI" -> ByteOrder.BIG_ENDIAN;
      default -> throw new IOException("it has no header of a MATLAB 5 file");
    };
  }

  private static byte[] inflated(byte[] file, Element element, int limit) throws IOException {
    try (InflaterInputStream in =
        new InflaterInputStream(
            new ByteArrayInputStream(file, element.data(), element.end() - element.data()))) {
      byte[] inflated = in.readNBytes(limit);
      if (inflated.length == limit) {
        throw new IOException("it unpacks to more than 32 MiB");
      }
      return inflated;
    }
  }

  /** Elements one after another. */
  private void checkAll(int from, int to, int depth) throws IOException {
    int at = from;
    while (at < to) {
      bytes.position(at);
      Element element = Element.next(bytes, to);
      if (element.type() == MATRIX) {
        if (depth == MAX_DEPTH) {
          throw new IOException("its variables are nested too deeply");
        }
        checkMatrix(element, depth);
      } else if (depth == 0) {
        throw new IOException("it holds something else than variables");
      }
      at = element.end();
    }
  }

  private void checkMatrix(Element matrix, int depth) throws IOException {
    if (matrix.length() == 0) {
      return;
    }
    Element flags = part(matrix.data(), matrix.end());
    int kind = flags.length() == 8 ? bytes.getInt(flags.data()) & 0xFF : 0;
    boolean known = kind == CELL || kind == STRUCT || kind == TEXT || (kind >= 6 && kind <= 15);
    if (!known) {
      throw new IOException("it holds a variable of class " + kind);
    }
    Element dimensions = part(flags.end(), matrix.end());
    Element name = part(dimensions.end(), matrix.end());
    long elements = elements(dimensions);
    long least = 1; // bytes that an element takes
    if (kind == CELL) {
      least = 8;
    } else if (kind == STRUCT) {
      least = 8L * fields(name, matrix);
    }
    if (elements * least > matrix.length()) {
      throw new IOException("it has a variable of more elements than bytes");
    }
    checkAll(name.end(), matrix.end(), depth + 1);
  }

  private Element part(int at, int end) throws IOException {
    bytes.position(at);
    Element part = Element.next(bytes, end);
    if (part.type() == MATRIX) {
      throw new IOException("a variable has no head");
    }
    return part;
  }

  private long elements(Element dimensions) throws IOException {
    long elements = 1;
    if (dimensions.length() < 8 || dimensions.length() > 16) {
      throw new IOException("it has a variable of unheard-of dimensions");
    }
    for (int at = dimensions.data(); at < dimensions.data() + dimensions.length(); at += 4) {
      int size = bytes.getInt(at);
      elements *= size;
      if (size < 0 || elements > MAX_BYTES) {
        throw new IOException("it has a variable of more elements than bytes");
      }
    }
    return elements;
  }

  private int fields(Element name, Element matrix) throws IOException {
    Element width = part(name.end(), matrix.end());
    int bytesEach = width.length() == 4 ? bytes.getInt(width.data()) : 0;
    int all = part(width.end(), matrix.end()).length();
    if (bytesEach < 1 || all < bytesEach) {
      throw new IOException("it has a structure without fields");
    }
    return all / bytesEach;
  }

  /**
   * A tag and what it is of.
   *
   * @param start of the tag
   * @param data where the content begins
   * @param length of the content
   * @param end after its padding
   */
  private record Element(int type, int start, int data, int length, int end) {

    static Element next(ByteBuffer in, int limit) throws IOException {
      int start = in.position();
      if (limit - start < 8) {
        throw new IOException("it is cut off");
      }
      int first = in.getInt(start);
      boolean small = first >> 16 != 0;
      int type = small ? first & 0xFFFF : first;
      int length = small ? first >> 16 : in.getInt(start + 4);
      int data = small ? start + 4 : start + 8;
      int room = small ? 4 : limit - data;
      if (length < 0 || length > room) {
        throw new IOException("a part of it is longer than the whole");
      }
      boolean padded = type != MATRIX && type != COMPRESSED;
      int end = small ? start + 8 : data + (padded ? (length + 7) & -8 : length);
      if (end > limit) {
        throw new IOException("it is cut off");
      }
      return new Element(type, start, data, length, end);
    }
  }
}
