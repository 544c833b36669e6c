package dev.supcon.runner.train;

import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.Stem;
import dev.supcon.contract.step.StepHeader;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.data.PackedIndex;
import dev.supcon.runner.data.PackedWriter;
import dev.supcon.runner.data.Part;
import dev.supcon.runner.data.Parts;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * What an evaluation needs, in a folder: an encoder that was never trained, and images of as many
 * colours as classes, which even its features tell apart.
 */
public final class TinyEvaluation implements Workspace {
  public static final EncoderSpec ENCODER =
      new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 0.125, Precision.FP32);

  private static final List<String> NAMES = List.of("red", "green", "blue", "grey");

  private final Path root;

  public TinyEvaluation(Path root) {
    this.root = root;
    folder("output");
  }

  /** What a part's images are called, by position; the images are of class i mod C. */
  public static Parts<int[]> labels(int classes) {
    return new Parts<>(
        labels(60, i -> i % classes), labels(24, i -> i % classes), labels(36, i -> i % classes));
  }

  public static int[] labels(int size, IntUnaryOperator label) {
    return IntStream.range(0, size).map(label).toArray();
  }

  /** Packs images of a side; the pixels of image i do not depend on its label. */
  public PackedIndex data(int classes, int side, Parts<int[]> labels) throws IOException {
    try (PackedWriter writer = new PackedWriter(folder("data"), side, labels)) {
      for (Part part : Part.values()) {
        for (int i = 0; i < labels.of(part).length; i++) {
          writer.put(
              part, i, image(i % classes, side, CounterRandom.key(part.word().hashCode(), i)));
        }
      }
      return writer.finish("colours", NAMES.subList(0, classes), "none");
    }
  }

  private static byte[] image(int color, int side, long key) {
    byte[] image = new byte[3 * side * side];
    for (int i = 0; i < image.length; i++) {
      double level = i % 3 == color ? 190 : 80;
      image[i] = (byte) Math.clamp(Math.round(level + 25 * CounterRandom.normal(key, i)), 0, 255);
    }
    return image;
  }

  /** Writes an encoder that claims to be trained on such data. */
  public Path encoder(EncoderSpec spec, PackedIndex data) {
    Path file = folder("encoder").resolve(EncoderFile.NAME);
    NetworkSpec network = new NetworkSpec(spec, new Head.None(), data.mean(), data.std());
    try (NDManager manager = TorchEngine.newManager();
        Network encoder = Network.create(network, 1, manager)) {
      EncoderFile.write(file, encoder, data, 1);
    }
    return file;
  }

  public static StepHeader header(StepKind kind) {
    StepKey key = new StepKey("0".repeat(64));
    return new StepHeader("tiny", kind.word(), key, kind.codeVersion(), 5, Map.of());
  }

  private Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path input(String role) {
    return root.resolve(role);
  }

  @Override
  public Path output() {
    return root.resolve("output");
  }

  @Override
  public Path scratch() {
    return root.resolve("scratch");
  }

  @Override
  public void progress(double fraction, String doing) {}

  @Override
  public void metric(String name, long step, double value) {}

  @Override
  public boolean stopRequested() {
    return false;
  }

  @Override
  public Optional<Checkpoint> newestCheckpoint() {
    return Optional.empty();
  }

  @Override
  public void commitCheckpoint(long number, Path files) {
    throw new UnsupportedOperationException("an evaluation keeps no checkpoint");
  }
}
