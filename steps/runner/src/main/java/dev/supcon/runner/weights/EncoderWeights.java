package dev.supcon.runner.weights;

import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.network.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of an encoder out of someone's file.
 *
 * @param values by torchvision's names; every tensor of the encoder, and no other
 * @param pixels mean and deviation of pixels that the file says it was trained with
 * @param leftOut how many tensors of the file are of heads, counters or other networks
 */
public record EncoderWeights(
    SortedMap<String, float[]> values, Optional<PixelMoments> pixels, int leftOut) {
  /** fp64 weights with two moments of an optimizer and a second encoder would be eight. */
  private static final long MOST_COPIES = 16;

  private static final long SMALLEST_LIMIT = 256L << 20;
  private static final List<Double> NONE = List.of(0.0, 0.0, 0.0);

  public EncoderWeights {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * Reads a safetensors file, or one of {@code torch.save} (a state dict, alone or in a
   * checkpoint). No code in it is run, and no part of it is believed before it is checked.
   *
   * @param file its bytes are those that the plan is made for
   * @throws StepFailure DATA when it is damaged, holds more than tensors, or another encoder;
   *     NO_INPUT when there is none
   */
  public static EncoderWeights read(Path file, EncoderSpec encoder) {
    List<TensorSpec> wanted =
        Network.tensors(new NetworkSpec(encoder, new Head.None(), NONE, NONE));
    try {
      refuseHuge(file, wanted);
      try (WeightsFile content = WeightsFile.open(file)) {
        FileMetadata.requireSame(content.metadata(), encoder);
        Optional<PixelMoments> pixels = FileMetadata.pixels(content.metadata());
        EncoderMatch match = EncoderMatch.of(wanted, content.tensors());
        match.requireWhole();
        int leftOut = content.tensors().size() - wanted.size();
        return new EncoderWeights(floats(match.tensors()), pixels, leftOut);
      }
    } catch (NoSuchFileException e) {
      throw new StepFailure(ExitCode.NO_INPUT, "There is no file %s.".formatted(file), e);
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.DATA,
          "%s cannot be the initial weights: %s.".formatted(file, e.getMessage()),
          e);
    }
  }

  /** A safetensors file is read as a whole. */
  private static void refuseHuge(Path file, List<TensorSpec> wanted) throws IOException {
    long encoder = wanted.stream().mapToLong(TensorSpec::size).sum() * Float.BYTES;
    long most = Math.max(SMALLEST_LIMIT, MOST_COPIES * encoder);
    if (Files.size(file) > most) {
      throw new IOException(
          "it has %,d bytes, and no checkpoint of this encoder has more than %,d"
              .formatted(Files.size(file), most));
    }
  }

  private static SortedMap<String, float[]> floats(Map<String, StoredTensor> tensors)
      throws IOException {
    SortedMap<String, float[]> values = new TreeMap<>();
    for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
      float[] floats = entry.getValue().read().asFloats();
      for (float value : floats) {
        if (!Float.isFinite(value)) {
          throw new IOException("its %s has a value that is not finite".formatted(entry.getKey()));
        }
      }
      values.put(entry.getKey(), floats);
    }
    return values;
  }
}
