package dev.supcon.runner.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a safetensors file and trusts none of its numbers. */
final class SafeTensorsReader {
  static final String METADATA = "__metadata__";

  /** The reference's own limit (safetensors/src/tensor.rs, {@code MAX_HEADER_SIZE}). */
  private static final long MAX_HEADER = 100_000_000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final FileChannel channel;

  private SafeTensorsReader(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static SafeTensors read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return new SafeTensorsReader(file, channel).content();
    } catch (NoSuchFileException e) {
      throw new StepFailure(ExitCode.NO_INPUT, "there is no file " + file, e);
    } catch (IOException e) {
      throw new StepFailure(ExitCode.DATA, "cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private SafeTensors content() throws IOException {
    require(channel.size() >= Long.BYTES, "it is shorter than its first field");
    long length = bytes(0, Long.BYTES).getLong(0);
    require(length >= 2 && length <= MAX_HEADER, "its header cannot be " + length + " bytes long");
    long data = Long.BYTES + length;
    require(data <= channel.size(), "it ends inside its header");
    JsonNode header = json(bytes(Long.BYTES, length));
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (!field.getKey().equals(METADATA)) {
        entries.add(entry(field.getKey(), field.getValue()));
      }
    }
    return new SafeTensors(metadata(header.path(METADATA)), tensors(entries, data));
  }

  /** Tensors lie side by side, without hole or overlap, to the file's end. */
  private SortedMap<String, TensorBytes> tensors(List<Entry> entries, long data)
      throws IOException {
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    SortedMap<String, TensorBytes> tensors = new TreeMap<>();
    long position = 0;
    for (Entry entry : entries) {
      require(entry.begin == position, "hole or overlap before tensor " + entry.name);
      position = entry.end;
      require(data + position <= channel.size(), "it ends inside tensor " + entry.name);
      tensors.put(
          entry.name,
          new TensorBytes(entry.type, entry.shape, bytes(data + entry.begin, entry.size())));
    }
    require(data + position == channel.size(), "it goes on after its last tensor");
    return tensors;
  }

  private JsonNode json(ByteBuffer bytes) throws IOException {
    require(bytes.get(0) == '{', "its header is not a JSON object");
    try {
      return JSON.readTree(UTF_8.newDecoder().decode(bytes).toString());
    } catch (JsonProcessingException e) {
      throw damaged("its header is not JSON (" + e.getOriginalMessage() + ")");
    }
  }

  private Map<String, String> metadata(JsonNode node) {
    require(node.isMissingNode() || node.isObject(), "its metadata is not an object");
    Map<String, String> metadata = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      require(field.getValue().isTextual(), "its metadata " + field.getKey() + " is not a string");
      metadata.put(field.getKey(), field.getValue().textValue());
    }
    return metadata;
  }

  private Entry entry(String name, JsonNode node) {
    ElementType type = type(name, node.path("dtype").asText());
    List<Long> shape = integers(name, node.path("shape"));
    List<Long> offsets = integers(name, node.path("data_offsets"));
    require(
        offsets.size() == 2 && offsets.get(0) <= offsets.get(1),
        "tensor " + name + " has no place");
    Entry entry = new Entry(name, type, shape, offsets.get(0), offsets.get(1));
    try {
      long expected = Math.multiplyExact(TensorBytes.elements(shape), type.bytes());
      require(expected == entry.size(), "tensor " + name + " does not fit its place");
    } catch (ArithmeticException e) {
      throw damaged("tensor " + name + " has an impossible shape");
    }
    require(entry.size() <= Integer.MAX_VALUE, "tensor " + name + " is larger than 2 GiB");
    return entry;
  }

  private ElementType type(String tensor, String word) {
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(word)) {
        return type;
      }
    }
    throw damaged("tensor " + tensor + " has the element type '" + word + "'");
  }

  private List<Long> integers(String tensor, JsonNode node) {
    require(node.isArray(), "tensor " + tensor + " lacks its shape or place");
    List<Long> values = new ArrayList<>();
    for (JsonNode value : node) {
      require(
          value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0,
          "tensor " + tensor + " has a number that is no size");
      values.add(value.longValue());
    }
    return values;
  }

  private ByteBuffer bytes(long position, long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, position + bytes.position());
      require(read >= 0, "it became shorter while it was read");
    }
    return bytes.flip();
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw damaged(otherwise);
    }
  }

  private StepFailure damaged(String reason) {
    return new StepFailure(
        ExitCode.DATA, "the safetensors file " + file + " is damaged: " + reason);
  }

  private record Entry(String name, ElementType type, List<Long> shape, long begin, long end) {
    long size() {
      return end - begin;
    }
  }
}
