package dev.supcon.runner.data;

import dev.supcon.runner.data.ImageSource.Unreadable;

/** Asks the decoder for images of 16 pixels. */
final class Decoding {
  private Decoding() {}

  static byte[] decode(String name, byte[] file) throws Unreadable {
    return new ImageDecoder(16, false, true).decode(name, file);
  }

  static boolean readable(String name, byte[] file) {
    try {
      return ImageDecoder.picture(name, file).width() > 0;
    } catch (Unreadable e) {
      return false;
    }
  }

  static void refused(String name, byte[] file, String... words) {
    Refusal.ofImage(() -> decode(name, file), words);
  }
}
