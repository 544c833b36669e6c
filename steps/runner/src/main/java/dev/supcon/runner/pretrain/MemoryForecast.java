package dev.supcon.runner.pretrain;

import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.spec.OptimizerType;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.NetworkSize;
import dev.supcon.runner.network.NetworkSpec;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What pretraining takes of a device's memory at least, estimated before anything runs; libraries
 * and their scratch come on top.
 *
 * @param devices that share a batch; the numbers are of the first, which has most
 * @param views that are in memory at once with all that their way back needs
 * @param activations of these views, in bytes
 * @param state weights, gradients, what the optimizer and a key encoder remember, in bytes
 */
public record MemoryForecast(int devices, long views, long activations, long state) {
  private static final long FLOAT = 4;
  private static final long HALF = 2;

  /** Of an experiment. */
  public static MemoryForecast of(ExperimentSpec spec) {
    PretrainSpec pretrain = spec.pretrain();
    List<Double> none = List.of(0.0, 0.0, 0.0); // no constants of pixels change a size
    Head head = new Head.Projection(spec.projection());
    NetworkSize size =
        NetworkSize.of(new NetworkSpec(spec.encoder(), head, none, none), spec.data().imageSize());
    int share = pretrain.batchSize() / pretrain.deviceCount();
    long images = Objects.requireNonNullElse(pretrain.chunkSize(), share);
    long views = pretrain.memory() == null ? images * pretrain.loss().type().views() : images;
    long copies = spec.encoder().precision() == Precision.BF16 ? HALF : 0;
    long keys = pretrain.memory() == null ? 0 : FLOAT;
    long perParameter = 2 * FLOAT + FLOAT * remembered(pretrain.optimizer().type()) + copies + keys;
    return new MemoryForecast(
        pretrain.deviceCount(),
        views,
        views * size.activationBytes(),
        size.parameters() * perParameter);
  }

  /** Values beside each parameter. */
  private static long remembered(OptimizerType type) {
    return switch (type) {
      case SGD, LARS -> 1;
      case RMS_PROP, ADAM_W -> 2;
      case UNKNOWN -> throw new IllegalArgumentException("the rules refuse an unknown optimizer");
    };
  }

  /** For people. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "takes %s or more%s: %,d views at once %s, network and optimizer %s",
        size(activations + state),
        devices == 1 ? "" : " on each of " + devices + " devices",
        views,
        size(activations),
        size(state));
  }

  private static String size(long bytes) {
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
