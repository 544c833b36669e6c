package dev.supcon.runner.network;

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
 */
final class InitialValues {
  private static final long PURPOSE = 0x1A17;

  private InitialValues() {}

  static float[] of(TensorSpec tensor, long seed) {
    float[] values = new float[tensor.size()];
    long key = CounterRandom.key(seed, PURPOSE, hash(tensor.name()));
    switch (tensor.role()) {
      case CONV_WEIGHT -> {
        long fanOut = tensor.size() / tensor.shape().get(1);
        double deviation = StrictMath.sqrt(2.0 / (double) fanOut);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (deviation * CounterRandom.normal(key, i));
        }
      }
      case LINEAR_WEIGHT, LINEAR_BIAS -> uniform(values, key, tensor.fanIn());
      case NORM_WEIGHT, RUNNING_VARIANCE -> Arrays.fill(values, 1);
      case NORM_BIAS, RUNNING_MEAN -> {}
    }
    return values;
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
