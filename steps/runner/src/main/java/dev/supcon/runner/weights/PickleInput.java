package dev.supcon.runner.weights;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle; whoever asks for more than there are is refused before any is copied. */
final class PickleInput {
  private static final int LONGEST_NAME = 200;

  private final ByteBuffer bytes;

  /**
   * @param bytes from its position to its limit
   */
  PickleInput(ByteBuffer bytes) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Bytes read so far. */
  int position() {
    return bytes.position();
  }

  int unsignedByte() throws IOException {
    return require(1).get() & 0xFF;
  }

  int unsignedShort() throws IOException {
    return require(Short.BYTES).getShort() & 0xFFFF;
  }

  int signedInt() throws IOException {
    return require(Integer.BYTES).getInt();
  }

  /** Big-endian, unlike all else. */
  double bigEndianDouble() throws IOException {
    return Double.longBitsToDouble(Long.reverseBytes(require(Double.BYTES).getLong()));
  }

  /** A number in two's complement, at most 255 bytes long. */
  BigInteger integer(int length) throws IOException {
    byte[] digits = raw(length);
    for (int i = 0; i < length / 2; i++) {
      byte low = digits[i];
      digits[i] = digits[length - 1 - i];
      digits[length - 1 - i] = low;
    }
    return length == 0 ? BigInteger.ZERO : new BigInteger(digits);
  }

  /** Text in UTF-8. */
  String text(int length) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw(length))).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("its pickle has a text that is not UTF-8", e);
    }
  }

  /** Text to the end of the line. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
      if (next < ' ' || next > '~' || line.length() == LONGEST_NAME) {
        throw new IOException("its pickle has a name that cannot be a class's");
      }
      line.append((char) next);
    }
    return line.toString();
  }

  private byte[] raw(int length) throws IOException {
    ByteBuffer source = require(length);
    byte[] copy = new byte[length];
    source.get(copy);
    return copy;
  }

  private ByteBuffer require(int length) throws IOException {
    if (length < 0 || bytes.remaining() < length) {
      throw new IOException("it ends inside its pickle, or the pickle is too long");
    }
    return bytes;
  }
}
