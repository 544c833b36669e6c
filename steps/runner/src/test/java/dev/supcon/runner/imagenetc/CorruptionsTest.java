package dev.supcon.runner.imagenetc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.spec.CorruptionType;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.GoldenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CorruptionsTest {
  private static final JsonNode GOLDEN = GoldenFile.read("corruption");
  private static final long KEY =
      Corruptions.key(GOLDEN.get("seed").asLong(), GOLDEN.get("image").asInt());

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"FROST", "UNKNOWN"})
  void cifarCorruptionsAreThoseOfCifarC(CorruptionType type) {
    for (JsonNode result : results("cifar", type)) {
      byte[] corrupted = corrupted(type, result, waves(32));
      assertThat(sha256(corrupted))
          .as("%s %s", type, result.get("severity"))
          .isEqualTo(sha(result));
    }
  }

  /**
   * OpenCV adds some {@code float} in another order: there, single values of 150,528 fall to the
   * other side of an integer.
   */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"FROST", "UNKNOWN"})
  void imageNetCorruptionsAreThoseOfImageNetC(CorruptionType type) {
    for (JsonNode result : results("imagenet", type)) {
      byte[] corrupted = corrupted(type, result, waves(224));
      boolean floats =
          switch (type) {
            case DEFOCUS_BLUR, ELASTIC_TRANSFORM, SPATTER -> true;
            default -> false;
          };
      assertThat(floats || sha256(corrupted).equals(sha(result)))
          .as("%s %s", type, result.get("severity"))
          .isTrue();
      assertThat((double) sum(corrupted)).isCloseTo(result.get("sum").asDouble(), within(5.0));
      assertThat(sample(corrupted)).isEqualTo(pixels(result));
    }
  }

  @Test
  void diskKernelsAreThoseOfImageNetC() {
    for (String set : new String[] {"cifar", "imagenet"}) {
      for (JsonNode result : results(set, CorruptionType.DEFOCUS_BLUR)) {
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

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"FROST", "UNKNOWN"})
  void theImageStaysAsItIs(CorruptionType type) {
    byte[] image = waves(32);
    byte[] corrupted = new Corruptions(32).apply(type, 5, image, KEY);
    assertThat(image).isEqualTo(waves(32)).isNotSameAs(corrupted);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "GAUSSIAN_NOISE",
        "SHOT_NOISE",
        "IMPULSE_NOISE",
        "SPECKLE_NOISE",
        "GLASS_BLUR",
        "MOTION_BLUR",
        "SNOW",
        "FOG",
        "ELASTIC_TRANSFORM",
        "SPATTER"
      })
  void everyImageHasItsOwnDraws(CorruptionType type) {
    Corruptions corruptions = new Corruptions(32);
    byte[] first = corruptions.apply(type, 5, waves(32), Corruptions.key(3, 5));
    assertThat(new Corruptions(32).apply(type, 5, waves(32), Corruptions.key(3, 5)))
        .isEqualTo(first);
    assertThat(corruptions.apply(type, 5, waves(32), Corruptions.key(3, 6))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"FROST", "UNKNOWN"})
  void sizesBetweenThePublishedOnesAndOddOnesWork(CorruptionType type) {
    for (int side : new int[] {16, 33, 64, 97}) {
      byte[] corrupted = new Corruptions(side).apply(type, 3, waves(side), KEY);
      assertThat(corrupted).as("%d pixels", side).hasSize(3 * side * side);
    }
  }

  @Test
  void whatIsNotThereIsRefused() {
    Corruptions corruptions = new Corruptions(32);
    byte[] image = waves(32);
    assertThatThrownBy(() -> corruptions.apply(CorruptionType.FROST, 1, image, KEY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> corruptions.apply(CorruptionType.FOG, 6, image, KEY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonNode results(String set, CorruptionType type) {
    JsonNode word = ContractJson.MAPPER.valueToTree(type);
    JsonNode results = GOLDEN.get("results").get(set).get(word.asText());
    assertThat(results).hasSize(5);
    return results;
  }

  private static byte[] corrupted(CorruptionType type, JsonNode result, byte[] image) {
    int side = (int) Math.round(Math.sqrt(image.length / 3.0));
    return new Corruptions(side).apply(type, result.get("severity").asInt(), image, KEY);
  }

  private static byte[] sample(byte[] image) {
    byte[] sample = new byte[3 * 256];
    for (int i = 0; i < 256; i++) {
      System.arraycopy(image, 3 * (i * 7919 % (image.length / 3)), sample, 3 * i, 3);
    }
    return sample;
  }

  private static long sum(byte[] image) {
    long sum = 0;
    for (byte value : image) {
      sum += value & 255;
    }
    return sum;
  }

  private static String sha(JsonNode result) {
    return result.get("sha256").asText();
  }

  private static byte[] pixels(JsonNode result) {
    try {
      return result.get("pixels").binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] image) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The formula of corruption.json. */
  private static byte[] waves(int side) {
    byte[] rgb = new byte[side * side * 3];
    for (int i = 0; i < rgb.length / 3; i++) {
      int x = i % side;
      int y = i / side;
      rgb[3 * i] = (byte) ((x * x + 3 * y * y) / 64);
      rgb[3 * i + 1] = (byte) (7 * x + 5 * y + x * y / 16);
      int hash = ((x * 31 + y * 17) * 0x9E3779B1) >>> 26; // 2654435761
      rgb[3 * i + 2] = (byte) (128 + 100 * ((x / 16 + y / 16) % 2) - hash);
    }
    return rgb;
  }
}
