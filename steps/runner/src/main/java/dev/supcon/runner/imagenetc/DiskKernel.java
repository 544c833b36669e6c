package dev.supcon.runner.imagenetc;

import java.util.ArrayList;
import java.util.List;

/**
 * The defocus kernel of ImageNet-C ({@code disk} in {@code make_imagenet_c.py}): a disk of hard
 * edge, normalised, softened by OpenCV's Gaussian blur, all in {@code float}.
 *
 * @param side odd
 * @param values [side, side]
 * @param taps the weights other than 0
 */
@SuppressWarnings("ArrayRecordComponent") // Made once a corruption; never compared.
record DiskKernel(int side, float[] values, List<Tap> taps) {

  /** One weight and its distance from the centre. */
  record Tap(int dx, int dy, double weight) {}

  static DiskKernel of(double radius, double aliasBlur) {
    int reach = radius <= 8 ? 8 : (int) radius;
    int side = 2 * reach + 1;
    float[] disk = new float[side * side];
    int inside = 0;
    for (int i = 0; i < disk.length; i++) {
      int x = i % side - reach;
      int y = i / side - reach;
      disk[i] = x * x + y * y <= radius * radius ? 1 : 0;
      inside += (int) disk[i];
    }
    for (int i = 0; i < disk.length; i++) {
      disk[i] /= inside;
    }
    float[] blurred = softened(disk, side, gaussian(radius <= 8 ? 3 : 5, aliasBlur));
    return new DiskKernel(side, blurred, taps(blurred, side));
  }

  /** OpenCV's {@code getGaussianKernel} in float. */
  private static float[] gaussian(int length, double sigma) {
    double[] exact = new double[length];
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double x = i - (length - 1) / 2.0;
      exact[i] = StrictMath.exp(-0.5 / (sigma * sigma) * x * x);
      sum += exact[i];
    }
    float[] kernel = new float[length];
    for (int i = 0; i < length; i++) {
      kernel[i] = (float) (exact[i] / sum);
    }
    return kernel;
  }

  private static float[] softened(float[] disk, int side, float[] kernel) {
    float[] across = new float[disk.length];
    float[] both = new float[disk.length];
    int half = kernel.length / 2;
    for (int i = 0; i < disk.length; i++) {
      for (int k = -half; k <= half; k++) {
        across[i] += kernel[k + half] * disk[i - i % side + Borders.reflected(i % side + k, side)];
      }
    }
    for (int i = 0; i < disk.length; i++) {
      for (int k = -half; k <= half; k++) {
        both[i] +=
            kernel[k + half] * across[Borders.reflected(i / side + k, side) * side + i % side];
      }
    }
    return both;
  }

  private static List<Tap> taps(float[] values, int side) {
    List<Tap> taps = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        taps.add(new Tap(i % side - side / 2, i / side - side / 2, values[i]));
      }
    }
    return List.copyOf(taps);
  }
}
