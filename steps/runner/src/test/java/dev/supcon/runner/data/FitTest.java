package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitTest {

  @Test
  void theSameSizeIsTheSameImage() {
    byte[] image = noise(7 * 7);
    assertThat(new Fit(7, 7, 7).apply(image)).isEqualTo(image);
  }

  @Test
  void theCentreOfALongerSideIsKept() {
    byte[] image = noise(4 * 2);
    byte[] centre = new byte[12];
    System.arraycopy(image, 3, centre, 0, 6);
    System.arraycopy(image, 15, centre, 6, 6);
    assertThat(new Fit(4, 2, 2).apply(image)).isEqualTo(centre);
  }

  @ParameterizedTest
  @CsvSource({"8192,1,16", "1,300,16", "17,31,16", "500,375,32", "5,5,512", "1,1,16"})
  void aFlatImageStaysFlat(int width, int height, int side) {
    byte[] image = new byte[3 * width * height];
    Arrays.fill(image, (byte) 201);
    assertThat(new Fit(width, height, side).apply(image))
        .hasSize(3 * side * side)
        .containsOnly(201);
  }

  /** Half the size: a triangle of reach 2 around 1 weighs 3/7, 3/7 and 1/7 at the border. */
  @Test
  void halvingIsTheTriangleFilter() {
    byte[] image = new byte[3 * 16];
    for (int row = 0; row < 4; row++) {
      image[3 * 4 * row] = (byte) 210; // red, first column
    }
    byte[] half = new Fit(4, 4, 2).apply(image);
    assertThat(new int[] {half[0] & 0xFF, half[1], half[3], half[6] & 0xFF, half[9]})
        .containsExactly(90, 0, 0, 90, 0);
  }

  /** Twice the size: bilinear, with the border repeated. */
  @Test
  void doublingIsBilinear() {
    byte[] image = new byte[3 * 4];
    image[3] = 100;
    image[9] = 100;
    byte[] twice = new Fit(2, 2, 4).apply(image);
    assertThat(new int[] {twice[0], twice[3], twice[6], twice[9]}).containsExactly(0, 25, 75, 100);
  }

  private static byte[] noise(int pixels) {
    byte[] image = new byte[3 * pixels];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) CounterRandom.below(4, i, 256);
    }
    return image;
  }
}
