package dev.supcon.runner.data;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.ImageSource.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
   * Reads an image file with the decoder of packed data sets.
   *
   * @throws StepFailure NO_INPUT when there is no such file, DATA when it is no sound image
   */
  public static Picture read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new StepFailure(ExitCode.NO_INPUT, "There is no file " + file + ".");
    }
    try {
      return ImageDecoder.picture(file.getFileName().toString(), Files.readAllBytes(file));
    } catch (Unreadable e) {
      throw new StepFailure(ExitCode.DATA, file + " " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw new StepFailure(ExitCode.NO_INPUT, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Scaled by the shorter side and cropped to its central square, as packed data sets are. */
  public Picture fitted(int side) {
    return width == side && height == side
        ? this
        : square(new Fit(width, height, side).apply(rgb), side);
  }
}
