package dev.supcon.runner.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.supcon.contract.spec.TrainingSetSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A packed data set, mapped into memory: nothing is read before it is used. */
public final class PackedData implements AutoCloseable {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private final PackedIndex index;
  private final Parts<PackedSplit> parts;
  private final Map<String, String> facts;

  private PackedData(PackedIndex index, Parts<PackedSplit> parts, Map<String, String> facts) {
    this.index = index;
    this.parts = parts;
    this.facts = facts;
  }

  /**
   * Maps the data set of a folder.
   *
   * @throws StepFailure {@code NO_INPUT} when the folder holds none, {@code DATA} when a file is
   *     shorter or longer than the index says, or the index is no index
   */
  public static PackedData open(Path folder) {
    Path file = folder.resolve(PackedLayout.INDEX);
    if (!Files.isRegularFile(file)) {
      throw new StepFailure(
          ExitCode.NO_INPUT, "No packed data set in " + folder + "; run the augment step first.");
    }
    try {
      PackedIndex index = JSON.readValue(file.toFile(), PackedIndex.class);
      PackedLayout layout = PackedLayout.of(folder, index.side());
      return new PackedData(index, Parts.each(part -> split(layout, part, index)), Map.of());
    } catch (JsonProcessingException e) {
      throw new StepFailure(
          ExitCode.DATA,
          "%s is cut off or damaged; run the augment step again (%s)."
              .formatted(file, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the packed data set in " + folder, e);
    }
  }

  /**
   * The same images with what is learnt from in place of the training part; holdout, test and
   * index, the statistics of the pixels among it, are those of all.
   *
   * @param spec absent: the training part as it is
   */
  public PackedData learntFrom(@Nullable TrainingSetSpec spec) {
    if (spec == null) {
      return this;
    }
    TrainingSet training = TrainingSet.of(train(), index.classes(), spec);
    return new PackedData(
        index, new Parts<>(training.split(), holdout(), test()), training.facts());
  }

  /** What was done to the training part, in words for the report. */
  public Map<String, String> facts() {
    return facts;
  }

  public PackedIndex index() {
    return index;
  }

  public PackedSplit train() {
    return part(Part.TRAIN);
  }

  public PackedSplit holdout() {
    return part(Part.HOLDOUT);
  }

  public PackedSplit test() {
    return part(Part.TEST);
  }

  public PackedSplit part(Part part) {
    return parts.of(part);
  }

  /** Nothing to do: a mapping lasts until its last reader is gone. */
  @Override
  public void close() {}

  private static PackedSplit split(PackedLayout layout, Part part, PackedIndex index)
      throws IOException {
    int size = index.part(part).size();
    int[] labels = new int[size];
    map(layout.labels(part), 4L * size).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(labels);
    List<ByteBuffer> shards = new ArrayList<>();
    for (int shard = 0; shard < layout.shards(size); shard++) {
      long bytes = (long) layout.imagesIn(shard, size) * layout.imageBytes();
      shards.add(map(layout.shard(part, shard), bytes));
    }
    return new PackedSplit(index.side(), layout.perShard(), shards, labels);
  }

  private static ByteBuffer map(Path file, long bytes) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != bytes) {
      throw new StepFailure(
          ExitCode.DATA,
          "%s is not the %d bytes that index.json says; run the augment step again."
              .formatted(file, bytes));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(MapMode.READ_ONLY, 0, bytes);
    }
  }
}
