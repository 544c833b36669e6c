package dev.supcon.operator.api;

import org.jspecify.annotations.Nullable;

/**
 * Text from elsewhere, made fit for a status: of printable ASCII characters that JSON does not
 * escape, so that its length in bytes is its length.
 */
public final class PlainText {
  private static final String CUT = "...";

  private PlainText() {}

  /** At most {@code max} characters of it; the end is cut and says so. */
  public static String of(String text, int max) {
    StringBuilder plain = new StringBuilder();
    text.strip().chars().map(PlainText::plain).forEach(c -> plain.append((char) c));
    return plain.length() <= max ? plain.toString() : plain.substring(0, max - 3) + CUT;
  }

  /** The same where there may be none. */
  static @Nullable String orNull(@Nullable String text, int max) {
    return text == null || text.isBlank() ? null : of(text, max);
  }

  private static int plain(int c) {
    return switch (c) {
      case '"' -> '\'';
      case '\\' -> '/';
      case '\n', '\r', '\t' -> ' ';
      default -> c < ' ' || c > '~' ? '?' : c;
    };
  }
}
