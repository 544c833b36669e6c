package dev.supcon.runner.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.runner.GoldenFile;
import dev.supcon.runner.data.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What Pillow, torchvision and ImageNet-C's code gave (dev/oracles/*_golden.py). */
final class Golden {
  private Golden() {}

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

  static List<JsonNode> images() {
    return GoldenFile.read("augment").get("images").valueStream().toList();
  }

  static Picture picture(JsonNode image) {
    return new Picture(pixels(image), image.get("width").asInt(), image.get("height").asInt());
  }
}
