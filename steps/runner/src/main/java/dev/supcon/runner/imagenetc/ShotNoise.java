package dev.supcon.runner.imagenetc;

import java.util.Arrays;

/** Photons counted: Poisson(value * photons) / photons. */
final class ShotNoise implements Corruption {
  private final double[][] cumulative = new double[256][];
  private final byte[] result;

  /**
   * @param photons expected of the value 1
   */
  ShotNoise(double photons) {
    int most = 0;
    for (int value = 0; value < cumulative.length; value++) {
      cumulative[value] = cumulative(value / 255.0 * photons);
      most = Math.max(most, cumulative[value].length);
    }
    result = new byte[most + 1];
    for (int count = 0; count < result.length; count++) {
      result[count] = UnitValues.toByte(count / photons);
    }
  }

  /** P(count &lt;= k) for k from 0 until it rises no more. */
  private static double[] cumulative(double rate) {
    double[] sums = new double[(int) (rate + 12 * Math.sqrt(rate)) + 40];
    double probability = StrictMath.exp(-rate);
    double sum = 0;
    for (int count = 0; count < sums.length; count++) {
      sum += probability;
      sums[count] = sum;
      probability *= rate / (count + 1);
      if (count >= rate && sum + probability == sum) {
        return Arrays.copyOf(sums, count + 1);
      }
    }
    return sums;
  }

  @Override
  public byte[] apply(byte[] image, Draws draws) {
    byte[] corrupted = new byte[image.length];
    for (int i = 0; i < image.length; i++) {
      corrupted[i] = result[count(image[i] & 255, draws.uniform(i))];
    }
    return corrupted;
  }

  /** The least count whose cumulative probability reaches a uniform draw. */
  int count(int value, double uniform) {
    int found = Arrays.binarySearch(cumulative[value], uniform);
    return found < 0 ? -found - 1 : found;
  }
}
