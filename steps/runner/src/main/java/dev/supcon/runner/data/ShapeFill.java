package dev.supcon.runner.data;

import java.util.List;

/** A surface: a texture, turned and scaled, that moves a base colour to either side. */
final class ShapeFill {
  /** Luminance gap that keeps shape and background apart under textures and in greyscale views. */
  private static final double APART = 0.3;

  private final ShapeTexture texture;
  private final long key;
  private final double cos;
  private final double sin;
  private final double shift;
  private final Colour base;
  private final Colour swing;

  private ShapeFill(Draws draws, boolean test, Colour base) {
    List<ShapeTexture> textures = ShapeTexture.of(test);
    double angle = draws.between(0, 2 * StrictMath.PI);
    double frequency = draws.between(2.5, 7);
    double light = draws.between(-0.08, 0.08);
    this.texture = textures.get(draws.below(textures.size()));
    this.key = draws.bits();
    this.cos = frequency * StrictMath.cos(angle);
    this.sin = frequency * StrictMath.sin(angle);
    this.shift = draws.between(0, 64);
    this.base = base;
    this.swing = Colour.draw(draws, light - 0.04, light + 0.04);
  }

  /** Any colour. */
  static ShapeFill draw(Draws draws, boolean test) {
    return new ShapeFill(draws, test, anyColour(draws));
  }

  /** A colour of the same distribution, but apart from another surface's. */
  static ShapeFill drawApart(Draws draws, boolean test, ShapeFill other) {
    Colour colour = anyColour(draws);
    while (Math.abs(colour.luminance() - other.base.luminance()) < APART) {
      colour = anyColour(draws);
    }
    return new ShapeFill(draws, test, colour);
  }

  /** The colour at a place of the unit square. */
  Colour at(double x, double y) {
    double value = texture.at(cos * x + sin * y + shift, cos * y - sin * x + shift, key);
    return base.plus(swing, 2 * value - 1);
  }

  private static Colour anyColour(Draws draws) {
    return Colour.draw(draws, 0.1, 0.9);
  }

  /** Red, green and blue, black is 0 and white 1. */
  record Colour(double red, double green, double blue) {
    static Colour draw(Draws draws, double low, double high) {
      return new Colour(
          draws.between(low, high), draws.between(low, high), draws.between(low, high));
    }

    Colour plus(Colour other, double times) {
      return new Colour(
          red + times * other.red, green + times * other.green, blue + times * other.blue);
    }

    /** {@code share} of this colour, the rest of the other. */
    Colour mix(Colour other, double share) {
      return other.plus(plus(other, -1), share);
    }

    /** ITU-R BT.601, as greyscale views weigh it. */
    double luminance() {
      return 0.299 * red + 0.587 * green + 0.114 * blue;
    }
  }
}
