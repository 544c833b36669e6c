package dev.supcon.runner.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.spec.CorruptionType;
import dev.supcon.runner.GoldenFile;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CorruptionsTest {
  private final JsonNode golden = GoldenFile.read("corruption");

  @Test
  void diskKernelsAreThoseOfImageNetC() {
    for (String set : new String[] {"cifar", "imagenet"}) {
      for (JsonNode result : golden.get("results").get(set).get("defocus_blur")) {
        double[] parameters = GoldenFile.doubles(result.get("parameters"));
        DiskKernel kernel = DiskKernel.of(parameters[0], parameters[1]);
        double[] expected = GoldenFile.doubles(result.get("kernel"));
        assertThat(kernel.side()).isEqualTo(result.get("kernelSide").asInt());
        for (int i = 0; i < expected.length; i++) {
          assertThat(kernel.values()[i]).isCloseTo((float) expected[i], within(2e-8f));
        }
      }
    }
  }

  @Test
  void cifarCorruptionsAreThoseOfCifarC() {
    byte[] image = Golden.pixels(golden, "smallImage");
    assertSame("cifar", "gaussian_noise", CorruptionType.GAUSSIAN_NOISE, image);
    assertSame("cifar", "defocus_blur", CorruptionType.DEFOCUS_BLUR, image);
    assertSame("cifar", "contrast", CorruptionType.CONTRAST, image);
  }

  @Test
  void imageNetCorruptionsAreThoseOfImageNetC() {
    byte[] image = waves();
    assertSame("imagenet", "defocus_blur", CorruptionType.DEFOCUS_BLUR, image);
    assertSame("imagenet", "contrast", CorruptionType.CONTRAST, image);
  }

  @Test
  void everyPixelOfEachSeverityHasItsOwnNoise() {
    byte[] grey = new byte[32 * 32 * 3];
    Arrays.fill(grey, (byte) 128);
    Corruptions corruptions = new Corruptions(32);
    byte[] first = noisy(corruptions, grey, 1, 5);
    assertThat(noisy(corruptions, grey, 1, 5)).isEqualTo(first);
    assertThat(noisy(corruptions, grey, 1, 6)).isNotEqualTo(first);
    double[] values = new double[first.length];
    Arrays.setAll(values, i -> (first[i] & 255) - 127.5);
    assertThat(Arrays.stream(values).average().orElseThrow()).isCloseTo(0, within(0.8));
    assertThat(Math.sqrt(Arrays.stream(values).map(v -> v * v).average().orElseThrow()))
        .isCloseTo(0.04 * 255, within(0.5));
  }

  private static byte[] noisy(Corruptions corruptions, byte[] image, int severity, int index) {
    return corruptions.apply(
        CorruptionType.GAUSSIAN_NOISE, severity, image, Corruptions.key(3, index));
  }

  private void assertSame(String set, String name, CorruptionType type, byte[] image) {
    double[] noise = GoldenFile.doubles(golden.get("noise"));
    int side = (int) Math.round(Math.sqrt(image.length / 3.0));
    for (JsonNode result : golden.get("results").get(set).get(name)) {
      int severity = result.get("severity").asInt();
      byte[] corrupted = new Corruptions(side).apply(type, severity, image, i -> noise[i]);
      byte[] expected = Golden.pixels(result, side == 32 ? "pixels" : "rowPixels");
      assertThat(side == 32 ? corrupted : rows(corrupted, side))
          .as("%s %d", name, severity)
          .isEqualTo(expected);
    }
  }

  private byte[] rows(byte[] image, int side) {
    double[] rows = GoldenFile.doubles(golden.get("rows"));
    byte[] kept = new byte[rows.length * side * 3];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(image, ((int) rows[i]) * side * 3, kept, i * side * 3, side * 3);
    }
    return kept;
  }

  /** The formula of corruption.json at 224 pixels. */
  private static byte[] waves() {
    byte[] rgb = new byte[224 * 224 * 3];
    for (int i = 0; i < rgb.length / 3; i++) {
      int x = i % 224;
      int y = i / 224;
      rgb[3 * i] = (byte) ((x * x + 3 * y * y) / 64);
      rgb[3 * i + 1] = (byte) (7 * x + 5 * y + x * y / 16);
      int hash = ((x * 31 + y * 17) * 0x9E3779B1) >>> 26; // 2654435761
      rgb[3 * i + 2] = (byte) (128 + 100 * ((x / 16 + y / 16) % 2) - hash);
    }
    return rgb;
  }
}
