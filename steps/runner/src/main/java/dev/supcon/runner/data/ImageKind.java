package dev.supcon.runner.data;

import dev.supcon.runner.data.ImageSource.Unreadable;
import java.nio.charset.StandardCharsets;

/** Kinds of image files that are read, told by their first bytes. */
enum ImageKind {
  JPEG("jpeg", ".*\\.jpe?g", "\u00FF\u00D8\u00FF"),
  PNG("png", ".*\\.png", "\u0089PNG"),
  GIF("gif", ".*\\.gif", "GIF8"),
  BMP("bmp", ".*\\.bmp", "BM");

  private final String word;
  private final String names;
  private final String magic;

  /**
   * @param names pattern of lower-case file names
   * @param magic the first bytes, a character each
   */
  ImageKind(String word, String names, String magic) {
    this.word = word;
    this.names = names;
    this.magic = magic;
  }

  static ImageKind of(byte[] file) throws Unreadable {
    if (file.length == 0) {
      throw new Unreadable("is empty");
    }
    for (ImageKind kind : values()) {
      if (kind.begins(file)) {
        return kind;
      }
    }
    throw new Unreadable("is no JPEG, PNG, GIF or BMP");
  }

  private boolean begins(byte[] file) {
    int length = Math.min(file.length, magic.length());
    return new String(file, 0, length, StandardCharsets.ISO_8859_1).equals(magic);
  }

  /** Whether a lower-case name ends as files of this kind do. */
  boolean isNamed(String name) {
    return name.matches(names);
  }

  /** As ImageIO calls it. */
  String word() {
    return word;
  }
}
