package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.supcon.runner.data.ImageSource.Unreadable;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every format; the others have a test each. */
class ImageDecoderTest {
  private static final BufferedImage NOISE = TestImages.noise(16, 16, 3);

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void pixelsAreThoseThatWereWritten(String format) throws Unreadable {
    byte[] rgb = Decoding.decode("x." + format, TestImages.file(NOISE, format));
    for (int i = 0; i < 256; i++) {
      int pixel = NOISE.getRGB(i % 16, i / 16);
      assertThat(new byte[] {rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]})
          .containsExactly(pixel >> 16, pixel >> 8, pixel);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void aFileCutAnywhereIsRefusedOrGivesTheSamePixels(String format) throws Unreadable {
    byte[] whole = TestImages.file(NOISE, format);
    byte[] pixels = Decoding.decode("x." + format, whole);
    int accepted = 0;
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (Decoding.readable("x." + format, cut)) {
        assertThat(Decoding.decode("x." + format, cut)).as("cut at %s", length).isEqualTo(pixels);
        accepted++;
      }
    }
    assertThat(accepted).isLessThanOrEqualTo(1); // a GIF without its last byte
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void noDamageEndsInAnythingButARefusal(String format) {
    byte[] whole = TestImages.file(TestImages.noise(8, 8, 2), format);
    for (int i = 0; i < whole.length; i++) {
      int at = i;
      for (int wrong : new int[] {0, 255, whole[at] ^ 1, whole[at] ^ 0x80}) {
        byte[] damaged = whole.clone();
        damaged[at] = (byte) wrong;
        assertThatCode(() -> Decoding.readable("x." + format, damaged))
            .as("byte %s as %s", at, wrong)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void anEmptyFileIsRefused() {
    Decoding.refused("x.png", new byte[0], "is empty");
  }

  @ParameterizedTest
  @CsvSource({"x.jpg,png", "x.png,jpeg", "x.png,gif", "x.jpeg,bmp", "x.gif,png", "x.bmp,gif"})
  void aDisguisedFileIsRefused(String name, String format) {
    Decoding.refused(
        name, TestImages.file(NOISE, format), "is " + format + " by its content", "name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html></html>", "\177ELF", "RIFF\0\0\0\0WEBPVP8 ", "II*\0", "B"})
  void whatIsNoImageIsRefused(String content) {
    Decoding.refused(
        "x.png", content.getBytes(StandardCharsets.ISO_8859_1), "is no JPEG, PNG, GIF or BMP");
  }

  @Test
  void anUpperCaseNameIsAName() throws Unreadable {
    assertThat(Decoding.decode("A.B.PNG", TestImages.png(1))).hasSize(3 * 256);
  }

  @Test
  void aGifsScreenMayLieAndItsFirstFrameCounts() throws Unreadable {
    byte[] gif = TestImages.file(NOISE, "gif");
    byte[] lying = gif.clone();
    ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putShort(6, (short) 45000);
    assertThat(Decoding.decode("x.gif", lying)).isEqualTo(Decoding.decode("x.gif", gif));
  }

  @Test
  void anExactDecoderRefusesOtherSizes() {
    ImageDecoder exact = new ImageDecoder(32, true, true);
    Refusal.ofImage(() -> exact.decode("x.png", TestImages.png(1)), "16x16", "instead of 32x32");
  }

  @Test
  void otherSizesAreFitted() throws Unreadable {
    byte[] file = TestImages.file(TestImages.noise(40, 20, 1), "png");
    Picture picture = ImageDecoder.picture("x.png", file);
    assertThat(Decoding.decode("x.png", file)).isEqualTo(new Fit(40, 20, 16).apply(picture.rgb()));
  }

  /** ImageIO would write each image to a temporary file; a pod's root is read-only. */
  @Test
  void noTemporaryFileIsNeeded(@TempDir Path folder) throws Exception {
    Path gone = Files.createDirectory(folder.resolve("cache"));
    byte[] png = TestImages.png(1);
    ImageIO.setCacheDirectory(gone.toFile());
    try {
      Files.delete(gone);
      assertThat(Decoding.decode("x.png", png)).hasSize(3 * 256);
    } finally {
      ImageIO.setCacheDirectory(null);
    }
  }
}
