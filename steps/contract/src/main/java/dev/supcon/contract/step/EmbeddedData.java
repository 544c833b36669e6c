package dev.supcon.contract.step;

import dev.supcon.contract.spec.DataFormat;

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
    return Sha256.of(made + " version " + VERSION);
  }
}
