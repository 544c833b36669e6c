package dev.supcon.runner.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ColorChangesTest {
  private final ColorChanges colours = new ColorChanges();

  @Test
  void jitterChangesAreThoseOfTorchvisionOnPillowToTheBit() {
    for (JsonNode image : Golden.images()) {
      for (JsonNode golden : image.path("adjusted")) {
        byte[] rgb = Golden.pixels(image);
        double factor = golden.get("factor").asDouble();
        switch (golden.get("operation").asText()) {
          case "brightness" -> colours.brightness((float) factor, rgb, 0, rgb.length);
          case "contrast" -> colours.contrast((float) factor, rgb, 0, rgb.length);
          case "saturation" -> colours.saturation((float) factor, rgb, 0, rgb.length);
          default -> HueShift.apply(factor, rgb, 0, rgb.length);
        }
        assertThat(rgb)
            .as("%s %s", golden.get("operation"), factor)
            .isEqualTo(Golden.pixels(golden));
      }
    }
  }

  @Test
  void grayscaleIsPillowsInAllThreeChannels() {
    for (JsonNode image : Golden.images()) {
      byte[] grey = Golden.pixels(image, "gray");
      byte[] rgb = Golden.pixels(image);
      ColorChanges.grayscale(rgb, 0, rgb.length);
      for (int i = 0; i < rgb.length; i++) {
        assertThat(rgb[i]).isEqualTo(grey[i / 3]);
      }
    }
  }

  @Test
  void onlyTheGivenRangeIsChanged() {
    byte[] rgb = new byte[12];
    java.util.Arrays.fill(rgb, (byte) 100);
    colours.brightness(0.5f, rgb, 3, 9);
    assertThat(rgb).containsExactly(100, 100, 100, 50, 50, 50, 50, 50, 50, 100, 100, 100);
  }
}
