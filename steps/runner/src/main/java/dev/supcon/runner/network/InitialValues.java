package dev.supcon.runner.network;

import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.runner.data.CounterRandom;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Initial values by seed, name and index alone: neither order nor number of the other tensors
 * matters.
 *
 * <p>torchvision's ResNet: convolutions Kaiming-normal by fan-out, normalisation 1 and 0; linear
 * layers as {@code torch.nn.Linear}, weight and bias uniform in ±1/√fan-in.
 *
 * <p>The authors' TensorFlow code: convolutions by TensorFlow's variance scaling, normal by fan-in
 * and truncated at two deviations; the normalisation that ends a block begins with weight 0.
 */
final class InitialValues {
  private static final long PURPOSE = 0x1A17;

  /** Deviation of a standard normal that is truncated at 2. */
  private static final double TRUNCATED = 0.8796256610342398;

  private InitialValues() {}

  static float[] of(EncoderSpec encoder, TensorSpec tensor, long seed) {
    boolean authors = ResNet.authors(encoder);
    float[] values = new float[tensor.size()];
    long key = CounterRandom.key(seed, PURPOSE, hash(tensor.name()));
    switch (tensor.role()) {
      case CONV_WEIGHT -> {
        double inputs = (double) tensor.size() / tensor.shape().getFirst();
        double outputs = (double) tensor.size() / tensor.shape().get(1);
        double deviation =
            authors ? StrictMath.sqrt(1 / inputs) / TRUNCATED : StrictMath.sqrt(2 / outputs);
        for (int i = 0; i < values.length; i++) {
          double normal = authors ? truncated(key, i) : CounterRandom.normal(key, i);
          values[i] = (float) (deviation * normal);
        }
      }
      case LINEAR_WEIGHT, LINEAR_BIAS -> uniform(values, key, tensor.fanIn());
      case NORM_WEIGHT -> {
        String last = ResNet.lastNormalisation(encoder) + ".weight";
        Arrays.fill(values, authors && tensor.name().endsWith(last) ? 0 : 1);
      }
      case RUNNING_VARIANCE -> Arrays.fill(values, 1);
      case NORM_BIAS, RUNNING_MEAN -> {}
    }
    return values;
  }

  /** Drawn again until it is within 2. */
  private static double truncated(long key, long position) {
    double value = CounterRandom.normal(key, position);
    for (long again = 1; Math.abs(value) > 2; again++) {
      value = CounterRandom.normal(CounterRandom.key(key, again), position);
    }
    return value;
  }

  private static void uniform(float[] values, long key, long fanIn) {
    double bound = 1 / StrictMath.sqrt((double) fanIn);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * CounterRandom.uniform(key, i) - 1));
    }
  }

  private static long hash(String name) {
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    return sum.getValue();
  }
}
