package dev.supcon.runner.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a safetensors file as the reference does: wide elements first so that every tensor is
 * aligned to its element, then by name (safetensors/src/tensor.rs, {@code prepare}).
 */
final class SafeTensorsWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SafeTensorsWriter() {}

  static void write(SafeTensors content, Path file) {
    List<Map.Entry<String, TensorBytes>> order =
        content.tensors().entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<String, TensorBytes>>comparingInt(
                        entry -> -entry.getValue().type().bytes())
                    .thenComparing(Map.Entry::getKey))
            .toList();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeFully(channel, header(content.metadata(), order));
      for (Map.Entry<String, TensorBytes> entry : order) {
        writeFully(channel, entry.getValue().reading());
      }
      channel.force(true);
    } catch (IOException e) {
      throw new StepFailure(ExitCode.NO_SPACE, "cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static ByteBuffer header(
      Map<String, String> metadata, List<Map.Entry<String, TensorBytes>> order)
      throws JsonProcessingException {
    Map<String, Object> entries = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      entries.put(SafeTensorsReader.METADATA, metadata);
    }
    long offset = 0;
    for (Map.Entry<String, TensorBytes> entry : order) {
      TensorBytes tensor = entry.getValue();
      long end = offset + tensor.bytes().remaining();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("dtype", tensor.type().name());
      fields.put("shape", tensor.shape());
      fields.put("data_offsets", new long[] {offset, end});
      entries.put(entry.getKey(), fields);
      offset = end;
    }
    byte[] json = JSON.writeValueAsString(entries).getBytes(UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return ByteBuffer.allocate(Long.BYTES + padded.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(padded.length)
        .put(padded)
        .flip();
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
