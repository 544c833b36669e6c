package dev.supcon.contract.step;

/** Who turns compressed images into pixels. */
public final class ImageDecoding {
  /** Raised whenever a pixel changes; part of the data's key, so whoever plans must know it. */
  public static final String NAME = "imageio-2";

  private ImageDecoding() {}
}
