package dev.supcon.runner.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class CropResizeTest {

  @Test
  void cropsAreResampledAsByPillowToTheBit() {
    for (JsonNode image : Golden.images()) {
      for (JsonNode crop : image.get("crops")) {
        assertThat(resized(image, crop, false))
            .as("crop %s", crop.get("top"))
            .isEqualTo(Golden.pixels(crop, "pillow"));
      }
    }
  }

  @Test
  void aWholeImageOfTheRightSizeStaysAsItIsAndIsMirroredByAFlip() {
    for (JsonNode image : Golden.images()) {
      if (image.get("width").asInt() == 32) {
        JsonNode whole = image.get("crops").get(0);
        assertThat(resized(image, whole, false)).isEqualTo(Golden.pixels(image));
        assertThat(resized(image, whole, true)).isEqualTo(Golden.pixels(image, "flipped"));
      }
    }
  }

  private static byte[] resized(JsonNode image, JsonNode golden, boolean flip) {
    Crop crop =
        new Crop(
            golden.get("left").asInt(),
            golden.get("top").asInt(),
            golden.get("width").asInt(),
            golden.get("height").asInt());
    int side = golden.get("size").asInt();
    byte[] target = new byte[side * side * 3];
    new CropResize(side).draw(Golden.picture(image), crop, flip, target, 0);
    return target;
  }
}
