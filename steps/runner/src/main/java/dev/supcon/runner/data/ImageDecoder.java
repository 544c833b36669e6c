package dev.supcon.runner.data;

import dev.supcon.contract.step.ImageDecoding;
import dev.supcon.runner.data.ImageSource.Unreadable;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Turns an image file into RGB of one size: by the JDK's readers, but refusing what they read
 * wrongly (truncated and CMYK JPEG, PNG with wrong checksums, disguised files, bombs). Orientation
 * marks are ignored, alpha is dropped, of an animation the first frame counts, as in Pillow's
 * {@code convert("RGB")}.
 *
 * @param side of the square result; other images are scaled by their shorter side and cropped
 * @param exact whether images of another size are refused instead
 * @param named whether a file's name must say what it is
 */
record ImageDecoder(int side, boolean exact, boolean named) {
  /** In the key of packed data: another decoder gives other pixels. */
  static final String NAME = ImageDecoding.NAME;

  private static final int MAX_SIDE = 8192;
  private static final long MAX_PIXELS = 40_000_000;

  byte[] decode(String name, byte[] file) throws Unreadable {
    return fitted(image(name, file));
  }

  /** The same image in its own size. */
  static Picture picture(String name, byte[] file) throws Unreadable {
    BufferedImage image = new ImageDecoder(0, false, true).image(name, file);
    return new Picture(RgbPixels.of(image), image.getWidth(), image.getHeight());
  }

  private BufferedImage image(String name, byte[] file) throws Unreadable {
    ImageKind kind = ImageKind.of(file);
    if (named && !kind.isNamed(name.toLowerCase(Locale.ROOT))) {
      throw new Unreadable("is " + kind.word() + " by its content, but its name says otherwise");
    }
    switch (kind) {
      case JPEG -> JpegMarkers.check(file);
      case PNG -> PngChunks.check(file);
      case BMP -> BmpHeader.check(file);
      case GIF -> {}
    }
    return read(kind, file);
  }

  private BufferedImage read(ImageKind kind, byte[] file) throws Unreadable {
    ImageReader reader = ImageIO.getImageReadersByFormatName(kind.word()).next();
    try (ImageInputStream in = memory(file)) {
      reader.setInput(in, true, true);
      refuseHuge(reader.getWidth(0), reader.getHeight(0));
      Warnings warnings = new Warnings();
      reader.addIIOReadWarningListener(warnings);
      BufferedImage image = reader.read(0);
      warnings.refuse();
      return image;
    } catch (IOException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | ArithmeticException
        | IllegalStateException e) { // the JDK's readers trust the headers of files
      throw new Unreadable("is damaged (" + e.getMessage() + ")", e);
    } finally {
      reader.dispose();
    }
  }

  /** ImageIO's own choice would be a temporary file for each image. */
  private static ImageInputStream memory(byte[] file) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
  }

  private void refuseHuge(int width, int height) throws Unreadable {
    if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
      throw new Unreadable(
          "has " + width + "x" + height + " pixels, more than 8192 a side or 40 million");
    }
    if (exact && (width != side || height != side)) {
      throw new Unreadable(
          "has " + width + "x" + height + " pixels instead of " + side + "x" + side);
    }
  }

  private byte[] fitted(BufferedImage image) throws Unreadable {
    byte[] rgb = RgbPixels.of(image);
    return image.getWidth() == side && image.getHeight() == side
        ? rgb
        : new Fit(image.getWidth(), image.getHeight(), side).apply(rgb);
  }

  /** What a reader says without failing; for us that is a failure. */
  private static final class Warnings implements javax.imageio.event.IIOReadWarningListener {
    private String first = "";

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      first = first.isEmpty() ? warning : first;
    }

    void refuse() throws Unreadable {
      if (!first.isEmpty()) {
        throw new Unreadable("is damaged (" + first + ")");
      }
    }
  }
}
