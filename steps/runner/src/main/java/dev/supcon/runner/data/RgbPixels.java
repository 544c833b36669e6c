package dev.supcon.runner.data;

import dev.supcon.runner.data.ImageSource.Unreadable;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
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
    boolean wide = raster.getTransferType() == DataBuffer.TYPE_USHORT;
    if (!wide && raster.getSampleModel().getSampleSize(0) != 8) {
      throw new Unreadable("has samples of a size that is not read");
    }
    boolean grey = raster.getNumBands() < 3;
    for (int c = 0; c < 3; c++) {
      int[] band =
          raster.getSamples(
              0, 0, raster.getWidth(), raster.getHeight(), grey ? 0 : c, (int[]) null);
      for (int i = 0; i < band.length; i++) {
        rgb[3 * i + c] = (byte) (wide ? (band[i] * 255 + 32767) / 65535 : band[i]);
      }
    }
  }
}
