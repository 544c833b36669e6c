package dev.supcon.runner.view;

import java.util.Locale;

/** An operation of AutoAugment and RandAugment, and what its amount means. */
enum Operation {
  IDENTITY(""),
  /** By how many columns a row moves for each row of distance. */
  SHEAR_X(" %.3f"),
  SHEAR_Y(" %.3f"),
  /** In pixels: to the left and up with the authors' sign, right and down with torchvision's. */
  TRANSLATE_X(" %.1f px"),
  TRANSLATE_Y(" %.1f px"),
  /** In degrees, positive counter-clockwise. */
  ROTATE(" %.1f°"),
  AUTO_CONTRAST(""),
  EQUALIZE(""),
  INVERT(""),
  /** Values from the amount on are inverted. */
  SOLARIZE(" from %.0f"),
  /** Values below 128 grow by the amount. */
  SOLARIZE_ADD(" %.0f"),
  /** High bits that are kept. */
  POSTERIZE(" %.0f bits"),
  /** Factors: 0 is grey, black or smooth, 1 the image. */
  CONTRAST(" %.2f"),
  COLOR(" %.2f"),
  BRIGHTNESS(" %.2f"),
  SHARPNESS(" %.2f"),
  /** Half the side of the grey square, in pixels. */
  CUTOUT(" ±%.0f px");

  private final String format;

  Operation(String format) {
    this.format = format;
  }

  /** Name and amount, for people. */
  String words(double amount) {
    String name = name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return name + String.format(Locale.ROOT, format, amount);
  }
}
