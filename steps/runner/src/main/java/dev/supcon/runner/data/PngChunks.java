package dev.supcon.runner.data;

import dev.supcon.runner.data.ImageSource.Unreadable;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Compares the checksums of a PNG's chunks, which the JDK's reader does not: a palette or header
 * with one wrong bit would give other pixels (W3C PNG, 5.3 and 5.6).
 */
final class PngChunks {
  private static final int SIGNATURE = 8;

  /** Of a chunk without data: length, type and checksum. */
  private static final int FRAME = 12;

  private static final int END = 0x49454E44; // "IEND"

  private PngChunks() {}

  static void check(byte[] file) throws Unreadable {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int at = SIGNATURE;
    while (file.length - at >= FRAME) {
      int length = bytes.getInt(at);
      if (length < 0 || length > file.length - at - FRAME) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(file, at + 4, length + 4);
      if ((int) crc.getValue() != bytes.getInt(at + 8 + length)) {
        throw new Unreadable("is damaged: a checksum is wrong");
      }
      if (bytes.getInt(at + 4) == END) {
        return;
      }
      at += FRAME + length;
    }
    throw new Unreadable("is cut off: its end mark is missing");
  }
}
