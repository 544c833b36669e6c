package dev.supcon.runner.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.supcon.runner.data.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** What Pillow, torchvision and ImageNet-C's code gave (dev/oracles/*_golden.py). */
final class Golden {
  private Golden() {}

  static JsonNode read(String name) {
    try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
      return JsonMapper.builder().build().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] pixels(JsonNode parent) {
    return pixels(parent, "pixels");
  }

  static byte[] pixels(JsonNode parent, String field) {
    try {
      return parent.get(field).binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  static List<JsonNode> images() {
    return read("augment").get("images").valueStream().toList();
  }

  static Picture picture(JsonNode image) {
    return new Picture(pixels(image), image.get("width").asInt(), image.get("height").asInt());
  }
}
