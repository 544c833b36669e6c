package dev.supcon.runner.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.supcon.contract.step.Sha256;
import dev.supcon.runner.data.PackedIndex.PackedPart;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The end of packing: labels, hashes and statistics of pixels already on disk, and the index.
 *
 * @param beforeImage may end the work by an exception
 */
record PackedSeal(PackedLayout layout, int side, Parts<int[]> labels, Runnable beforeImage) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  PackedIndex write(String name, List<String> classNames, String decoder) throws IOException {
    PixelStatistics statistics = new PixelStatistics();
    Parts<PackedPart> parts = Parts.each(part -> seal(part, classNames.size(), statistics));
    List<Double> mean = statistics.mean();
    List<Double> std = statistics.std();
    PackedIndex open = new PackedIndex(name, classNames, side, mean, std, decoder, parts, "");
    String digest = Sha256.of(JSON.writeValueAsString(open));
    PackedIndex index = new PackedIndex(name, classNames, side, mean, std, decoder, parts, digest);
    Files.writeString(
        layout.folder().resolve(PackedLayout.INDEX), JSON.writeValueAsString(index) + "\n");
    return index;
  }

  private PackedPart seal(Part part, int classes, PixelStatistics statistics) throws IOException {
    int[] ofPart = labels.of(part);
    byte[] labelBytes = littleEndian(ofPart);
    Files.write(layout.labels(part), labelBytes);
    Sha256 content = new Sha256().add(labelBytes);
    for (int shard = 0; shard < layout.shards(ofPart.length); shard++) {
      addShard(layout.shard(part, shard), content, part == Part.TRAIN ? statistics::add : i -> {});
    }
    return new PackedPart(ofPart.length, counts(ofPart, classes), content.hex());
  }

  private void addShard(Path file, Sha256 content, Consumer<byte[]> perImage) throws IOException {
    byte[] image = new byte[layout.imageBytes()];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
      while (in.readNBytes(image, 0, image.length) == image.length) {
        beforeImage.run();
        content.add(image);
        perImage.accept(image);
      }
    }
  }

  private static byte[] littleEndian(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return bytes.array();
  }

  private static List<Integer> counts(int[] labels, int classes) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    return Arrays.stream(counts).boxed().toList();
  }
}
