package dev.supcon.runner.data;

import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Images made by code, as files of every kind that is read. */
final class TestImages {
  private TestImages() {}

  static BufferedImage noise(int width, int height, long seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, CounterRandom.below(seed, i, 1 << 24));
    }
    return image;
  }

  static BufferedImage filled(int width, int height, int type, int argb) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, argb);
    }
    return image;
  }

  /** Every sample of every band set to its value, whatever colour that makes. */
  static BufferedImage samples(ColorSpace space, boolean alpha, int type, int... values) {
    ComponentColorModel colours =
        new ComponentColorModel(
            space,
            alpha,
            false,
            alpha ? java.awt.Transparency.TRANSLUCENT : java.awt.Transparency.OPAQUE,
            type);
    WritableRaster raster =
        Raster.createInterleavedRaster(type, 4, 4, values.length, new Point(0, 0));
    for (int i = 0; i < 16; i++) {
      raster.setPixel(i % 4, i / 4, values);
    }
    return new BufferedImage(colours, raster, false, null);
  }

  static BufferedImage grey(boolean alpha, boolean wide, int... values) {
    int type = wide ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
    return samples(ColorSpace.getInstance(ColorSpace.CS_GRAY), alpha, type, values);
  }

  static byte[] file(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException(format + " cannot hold this image");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] png(long seed) {
    return file(noise(16, 16, seed), "png");
  }

  /** Images of 16 x 16, different ones, in {@code folder/part/className/<number>.png}. */
  static void writeClass(Path folder, String part, String className, int size) throws IOException {
    Path images = Files.createDirectories(folder.resolve(part).resolve(className));
    for (int i = 0; i < size; i++) {
      long seed = CounterRandom.key(part.hashCode(), className.hashCode(), i);
      Files.write(images.resolve(i + ".png"), png(seed));
    }
  }

  /** A data set that is sound: classes {@code a} and {@code b}. */
  static Path writeSet(Path folder, int train, int test) throws IOException {
    for (String className : List.of("a", "b")) {
      writeClass(folder, "train", className, train);
      writeClass(folder, "test", className, test);
    }
    return folder;
  }
}
