package dev.supcon.runner.data;

import dev.supcon.runner.data.ImageSource.Unreadable;

/**
 * Looks at a JPEG's segments for what the JDK's reader lets pass: files cut off, and four colour
 * components, which it reads as other colours.
 */
final class JpegMarkers {
  private JpegMarkers() {}

  static void check(byte[] file) throws Unreadable {
    if (!ends(file)) {
      throw new Unreadable("is cut off: its end mark is missing");
    }
    int components = components(file);
    if (components != 1 && components != 3) {
      throw new Unreadable(
          "has " + components + " colour components (CMYK?); convert it to RGB or grey");
    }
  }

  /** Zeros after the end mark are padding that some cameras write. */
  private static boolean ends(byte[] file) {
    int end = file.length;
    while (end > 2 && file[end - 1] == 0) {
      end--;
    }
    return end > 4 && (file[end - 2] & 0xFF) == 0xFF && (file[end - 1] & 0xFF) == 0xD9;
  }

  /** Of the first frame header (SOF0 to SOF15 but DHT, JPG and DAC); ITU T.81, B.2.2. */
  private static int components(byte[] file) throws Unreadable {
    int at = 2;
    while (at + 9 < file.length) {
      int marker = file[at + 1] & 0xFF;
      if ((file[at] & 0xFF) != 0xFF) {
        throw new Unreadable("is damaged: a segment does not begin with its mark");
      }
      if (marker == 0xFF) { // fill byte
        at++;
        continue;
      }
      if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
        return file[at + 9] & 0xFF;
      }
      at += 2 + (((file[at + 2] & 0xFF) << 8) | (file[at + 3] & 0xFF));
    }
    throw new Unreadable("is damaged: it has no frame header");
  }
}
