package dev.supcon.runner.imagenetc;

import dev.supcon.contract.spec.CorruptionType;
import dev.supcon.runner.data.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The corruptions of ImageNet-C and CIFAR-C (Hendrycks and Dietterich 2019), as in {@code
 * make_imagenet_c.py} and {@code make_cifar_c.py}: values in 0 to 1, clipped, truncated to bytes.
 * The published ImageNet-C went through JPEG of quality 85 afterwards; here it does not.
 *
 * <p>For one size of image; threads may share the object.
 */
public final class Corruptions {
  private static final long PURPOSE = 0x636F7272757074L; // "corrupt"

  private final CorruptionTable table;
  private final Map<Cell, Corruption> made = new ConcurrentHashMap<>();

  private record Cell(CorruptionType type, int severity) {}

  /**
   * @param side of the images in pixels; decides on the parameters
   */
  public Corruptions(int side) {
    table = CorruptionTable.of(side);
  }

  /** All that can be made. */
  public static List<CorruptionType> types() {
    return Arrays.stream(CorruptionType.values())
        .filter(type -> type != CorruptionType.FROST && type != CorruptionType.UNKNOWN)
        .toList();
  }

  /** Whose parameters are in use: {@code cifar} or {@code imagenet}. */
  public String parameters() {
    return table.name();
  }

  /** The key of one image of a split. */
  public static long key(long seed, int image) {
    return CounterRandom.key(seed, PURPOSE, image);
  }

  /**
   * @param severity 1 to 5
   * @param image [side, side, 3] uint8, left as it is
   * @param key of {@link #key}; whatever is random depends on it and on the severity only
   * @throws IllegalArgumentException when the severity or the type is none
   */
  public byte[] apply(CorruptionType type, int severity, byte[] image, long key) {
    if (severity < 1 || severity > 5) {
      throw new IllegalArgumentException("no severity from 1 to 5: " + severity);
    }
    Draws draws = new Draws(CounterRandom.key(key, severity));
    return made.computeIfAbsent(new Cell(type, severity), cell -> table.corruption(type, severity))
        .apply(image, draws);
  }
}
