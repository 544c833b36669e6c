package dev.supcon.contract.step;

import dev.supcon.contract.spec.DataFormat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Data sets that are made, not read. */
public final class EmbeddedData {
  /** Raised whenever a pixel changes. */
  public static final int VERSION = 1;

  private EmbeddedData() {}

  /**
   * What stands for a content hash: the same words make the same images.
   *
   * @param format an embedded one
   */
  public static String digest(DataFormat format) {
    String made = format == DataFormat.SHAPES_NOVEL ? "shapesNovel" : "shapes";
    try {
      byte[] words = (made + " version " + VERSION).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(words));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }
}
