package dev.supcon.runner.view;

import dev.supcon.contract.spec.CorruptionType;
import dev.supcon.runner.data.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * The corruptions of ImageNet-C and CIFAR-C (Hendrycks and Dietterich 2019), as in {@code
 * make_imagenet_c.py} and {@code make_cifar_c.py}: values in 0 to 1 as {@code double}, clipped,
 * truncated to bytes. The published ImageNet-C went through JPEG of quality 85 afterwards; here it
 * does not.
 *
 * <p>For one size of image; threads may share the object.
 */
public final class Corruptions {
  private static final long PURPOSE = 0x636F7272757074L; // "corrupt"

  private final int side;
  private final CorruptionTable table;
  private final List<DiskKernel> disks;

  /**
   * @param side of the images in pixels; decides on the parameters
   */
  public Corruptions(int side) {
    this.side = side;
    table = CorruptionTable.of(side);
    disks = table.rows().stream().map(r -> DiskKernel.of(r.diskRadius(), r.diskBlur())).toList();
  }

  /** Whose parameters are in use: {@code cifar} or {@code imagenet}. */
  public String parameters() {
    return table.name();
  }

  /** The noise's key of one image of a split. */
  public static long key(long seed, int image) {
    return CounterRandom.key(seed, PURPOSE, image);
  }

  /**
   * @param severity 1 to 5
   * @param image [side, side, 3] uint8, left as it is
   * @param key of {@link #key}; only noise depends on it
   * @throws IllegalArgumentException when the severity or the type is none
   */
  public byte[] apply(CorruptionType type, int severity, byte[] image, long key) {
    long noiseKey = CounterRandom.key(key, severity);
    return apply(type, severity, image, i -> CounterRandom.normal(noiseKey, i));
  }

  /** The same with the standard normal noise of each value given. */
  byte[] apply(CorruptionType type, int severity, byte[] image, IntToDoubleFunction noise) {
    if (severity < 1 || severity > disks.size()) {
      throw new IllegalArgumentException("no severity from 1 to 5: " + severity);
    }
    CorruptionTable.Row row = table.rows().get(severity - 1);
    return switch (type) {
      case GAUSSIAN_NOISE -> gaussianNoise(row.noise(), image, noise);
      case DEFOCUS_BLUR -> defocusBlur(disks.get(severity - 1), image);
      case CONTRAST -> contrast(row.contrast(), image);
      case UNKNOWN -> throw new IllegalArgumentException("no corruption that is known");
    };
  }

  private static byte[] gaussianNoise(double sigma, byte[] image, IntToDoubleFunction noise) {
    byte[] corrupted = new byte[image.length];
    for (int i = 0; i < image.length; i++) {
      corrupted[i] = toByte((image[i] & 255) / 255.0 + sigma * noise.applyAsDouble(i));
    }
    return corrupted;
  }

  private byte[] defocusBlur(DiskKernel disk, byte[] image) {
    int reach = disk.side() / 2;
    int stride = 3 * (side + 2 * reach);
    double[] padded = reflectPadded(image, reach);
    byte[] corrupted = new byte[image.length];
    double[] row = new double[3 * side];
    for (int y = 0; y < side; y++) {
      Arrays.fill(row, 0);
      for (DiskKernel.Tap tap : disk.taps()) {
        addRow(tap.weight(), padded, (y + reach + tap.dy()) * stride + 3 * (reach + tap.dx()), row);
      }
      for (int i = 0; i < row.length; i++) {
        corrupted[y * row.length + i] = toByte(row[i]);
      }
    }
    return corrupted;
  }

  private double[] reflectPadded(byte[] image, int reach) {
    int length = side + 2 * reach;
    double[] padded = new double[3 * length * length];
    for (int i = 0; i < padded.length; i++) {
      int x = DiskKernel.reflected(i / 3 % length - reach, side);
      int y = DiskKernel.reflected(i / 3 / length - reach, side);
      padded[i] = (image[3 * (y * side + x) + i % 3] & 255) / 255.0;
    }
    return padded;
  }

  private static void addRow(double weight, double[] from, int first, double[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] += weight * from[first + i];
    }
  }

  private static byte[] contrast(double factor, byte[] image) {
    byte[] corrupted = new byte[image.length];
    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      for (int i = channel; i < image.length; i += 3) {
        sum += (image[i] & 255) / 255.0;
      }
      int pixels = image.length / 3;
      double mean = sum / pixels;
      for (int i = channel; i < image.length; i += 3) {
        corrupted[i] = toByte(((image[i] & 255) / 255.0 - mean) * factor + mean);
      }
    }
    return corrupted;
  }

  /** {@code np.uint8(np.clip(value, 0, 1) * 255)}. */
  private static byte toByte(double value) {
    return (byte) (int) (Math.min(Math.max(value, 0), 1) * 255);
  }
}
