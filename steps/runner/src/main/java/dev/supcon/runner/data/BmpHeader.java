package dev.supcon.runner.data;

import dev.supcon.runner.data.ImageSource.Unreadable;

/**
 * Looks at a BMP's header for a JPEG or PNG inside, which the JDK reads past every check of ours.
 */
final class BmpHeader {
  /** Of {@code biCompression}, little-endian, in every header but OS/2's of 12 bytes. */
  private static final int COMPRESSION = 30;

  private static final int HEADER_SIZE = 14;
  private static final int JPEG = 4;
  private static final int PNG = 5;

  private BmpHeader() {}

  static void check(byte[] file) throws Unreadable {
    boolean windows = file.length > COMPRESSION && file[HEADER_SIZE] != 12;
    if (windows && (file[COMPRESSION] == JPEG || file[COMPRESSION] == PNG)) {
      throw new Unreadable("has a JPEG or PNG inside; save it as one");
    }
  }
}
