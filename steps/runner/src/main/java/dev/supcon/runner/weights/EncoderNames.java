package dev.supcon.runner.weights;

import java.util.List;
import java.util.Optional;

/**
 * From the names of other programs to torchvision's, which are ours: {@code module.} of
 * DataParallel, {@code encoder.} of HobbitLong/SupContrast (networks/resnet_big.py, whose blocks
 * have a {@code shortcut} for torchvision's {@code downsample}), {@code encoder_q.} of MoCo
 * (moco/builder.py). timm's are torchvision's.
 */
final class EncoderNames {
  private static final List<String> WRAPPERS = List.of("module.", "encoder.", "encoder_q.");

  /** Heads; MoCo's key encoder and queue. */
  private static final List<String> OTHER_PARTS = List.of("fc.", "head.", "encoder_k.");

  private static final List<String> OTHER_TENSORS = List.of("queue", "queue_ptr");

  private EncoderNames() {}

  /** The encoder's own name of a tensor; empty for one that no encoder has. */
  static Optional<String> of(String name) {
    String inner = unwrapped(name);
    boolean other =
        OTHER_PARTS.stream().anyMatch(inner::startsWith)
            || OTHER_TENSORS.contains(inner)
            || inner.endsWith(".num_batches_tracked");
    return other ? Optional.empty() : Optional.of(inner.replace(".shortcut.", ".downsample."));
  }

  private static String unwrapped(String name) {
    String inner = name;
    for (int i = 0; i < WRAPPERS.size(); i++) {
      for (String wrapper : WRAPPERS) {
        inner = inner.startsWith(wrapper) ? inner.substring(wrapper.length()) : inner;
      }
    }
    return inner;
  }
}
