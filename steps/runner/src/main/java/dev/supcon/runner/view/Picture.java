package dev.supcon.runner.view;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * An image of any size.
 *
 * @param rgb [height, width, 3], uint8, rows from top to bottom; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Pixels in bulk; nobody compares two of these.
public record Picture(byte[] rgb, int width, int height) {

  /** A square image as it lies in a packed data set. */
  public static Picture square(byte[] rgb, int side) {
    return new Picture(rgb, side, side);
  }

  /**
   * Reads what the JDK can read (JPEG, PNG, GIF, BMP); transparency is laid on black.
   *
   * @throws StepFailure when the file is missing or no image
   */
  public static Picture read(Path file) {
    if (!Files.isReadable(file)) {
      throw new StepFailure(ExitCode.NO_INPUT, "There is no readable image at " + file + ".");
    }
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        throw new StepFailure(
            ExitCode.DATA, file + " is no image that can be read; write a JPEG or PNG file.");
      }
      return of(image);
    } catch (IOException | RuntimeException e) {
      if (e instanceof StepFailure failure) {
        throw failure;
      }
      throw new StepFailure(ExitCode.DATA, file + " is a damaged image: " + e.getMessage(), e);
    }
  }

  static Picture of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage opaque = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = opaque.createGraphics();
    graphics.drawImage(image, 0, 0, Color.BLACK, null);
    graphics.dispose();
    byte[] rgb = new byte[width * height * 3];
    int[] packed = opaque.getRGB(0, 0, width, height, null, 0, width);
    for (int i = 0; i < packed.length; i++) {
      rgb[3 * i] = (byte) (packed[i] >> 16);
      rgb[3 * i + 1] = (byte) (packed[i] >> 8);
      rgb[3 * i + 2] = (byte) packed[i];
    }
    return new Picture(rgb, width, height);
  }

  /** The same pixels for {@code java.awt}. */
  BufferedImage toImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      int packed =
          ((rgb[3 * i] & 255) << 16) | ((rgb[3 * i + 1] & 255) << 8) | (rgb[3 * i + 2] & 255);
      image.setRGB(i % width, i / width, packed);
    }
    return image;
  }

  /** The shorter side scaled to {@code side * 8 / 7}, then the central square of {@code side}. */
  public Picture centre(int side) {
    int shorter = Math.round(side * 256 / 224f);
    int square = Math.min(width, height) * side / shorter;
    Crop crop = new Crop((width - square) / 2, (height - square) / 2, square, square);
    byte[] target = new byte[side * side * 3];
    new CropResize(side).draw(this, crop, false, target, 0);
    return square(target, side);
  }
}
