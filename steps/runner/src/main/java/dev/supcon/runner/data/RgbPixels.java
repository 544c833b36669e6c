package dev.supcon.runner.data;

import dev.supcon.runner.data.ImageSource.Unreadable;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * RGB bytes from the samples themselves. {@code BufferedImage.getRGB} would bend greys and 16-bit
 * values by a gamma curve (128 becomes 188).
 */
final class RgbPixels {
  private RgbPixels() {}

  /** HWC, uint8. */
  static byte[] of(BufferedImage image) throws Unreadable {
    byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
    if (image.getColorModel() instanceof IndexColorModel palette) {
      fromPalette(image.getRaster(), palette, rgb);
    } else {
      fromSamples(image.getRaster(), rgb);
    }
    return rgb;
  }

  private static void fromPalette(Raster raster, IndexColorModel palette, byte[] rgb) {
    int[] indices = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
    for (int i = 0; i < indices.length; i++) {
      rgb[3 * i] = (byte) palette.getRed(indices[i]);
      rgb[3 * i + 1] = (byte) palette.getGreen(indices[i]);
      rgb[3 * i + 2] = (byte) palette.getBlue(indices[i]);
    }
  }

  private static void fromSamples(Raster raster, byte[] rgb) throws Unreadable {
    boolean grey = raster.getNumBands() < 3;
    for (int c = 0; c < 3; c++) {
      band(raster, grey ? 0 : c, rgb, c);
    }
  }

  /** Row by row, as a band of a large image in int would be four times the file's memory. */
  private static void band(Raster raster, int band, byte[] rgb, int channel) throws Unreadable {
    int bits = raster.getSampleModel().getSampleSize(band);
    if (bits > 16) {
      throw new Unreadable("has samples of " + bits + " bits; convert it to 8 or 16");
    }
    int white = (1 << bits) - 1;
    int width = raster.getWidth();
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, band, row);
      for (int x = 0; x < width; x++) {
        rgb[3 * (y * width + x) + channel] = (byte) ((row[x] * 255 + white / 2) / white);
      }
    }
  }
}
