package dev.supcon.runner.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.runner.GoldenFile;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GaussianBlurTest {

  @Test
  void aBlurOfThreeTapsIsTheConvolutionWithZerosAroundRounded() {
    for (JsonNode image : Golden.images()) {
      for (JsonNode golden : image.path("blurred")) {
        byte[] rgb = Golden.pixels(image);
        new GaussianBlur(32).apply(golden.get("sigma").asDouble(), rgb, 0);
        double[] green = GoldenFile.doubles(golden.get("zero")); // in 0 to 1
        for (int i = 0; i < green.length; i++) {
          assertThat((double) (rgb[3 * i + 1] & 255))
              .isBetween(green[i] * 255 - 0.501, green[i] * 255 + 0.501);
        }
      }
    }
  }

  @Test
  void theKernelOf224PixelsHasTwentyThreeTaps() {
    byte[] rgb = new byte[224 * 224 * 3];
    int middle = 3 * (112 * 224 + 112);
    Arrays.fill(rgb, middle, middle + 1, (byte) 255);
    byte[] wide = rgb.clone();
    new GaussianBlur(224).apply(1.0, rgb, 0);
    assertThat(rgb[middle] & 255).isEqualTo(Math.round(255 / (2 * (float) Math.PI)));
    Arrays.fill(wide, (byte) 255);
    new GaussianBlur(224).apply(2.0, wide, 0);
    assertThat(wide[3 * (11 * 224 + 11)] & 255).as("no edge within the reach of 11").isEqualTo(255);
    assertThat(wide[0] & 255).as("zeros beyond the corner").isLessThan(100);
  }
}
