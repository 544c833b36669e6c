package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.runner.data.ImageSource.Unreadable;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageDecoderPngTest {
  private static final BufferedImage NOISE = TestImages.noise(16, 16, 3);

  /** Greys of every kind agree; the JDK's getRGB says 188 for three of these. */
  @Test
  void theSameGreyIsTheSameInEveryKindOfPng() throws Unreadable {
    List<BufferedImage> greys =
        List.of(
            TestImages.grey(false, false, 128),
            TestImages.grey(true, false, 128, 255),
            TestImages.grey(false, true, 128 * 257),
            TestImages.grey(true, true, 128 * 257, 65535),
            TestImages.filled(4, 4, BufferedImage.TYPE_INT_RGB, 0x808080),
            TestImages.filled(4, 4, BufferedImage.TYPE_INT_ARGB, 0xFF808080));
    for (BufferedImage grey : greys) {
      assertThat(Decoding.decode("x.png", TestImages.file(grey, "png"))).containsOnly(128);
    }
  }

  @Test
  void alphaIsDropped() throws Unreadable {
    BufferedImage clear = TestImages.filled(4, 4, BufferedImage.TYPE_INT_ARGB, 0x00112233);
    assertThat(Decoding.decode("x.png", TestImages.file(clear, "png")))
        .startsWith(0x11, 0x22, 0x33, 0x11, 0x22, 0x33);
  }

  @Test
  void onlyTheNearestOf256ValuesIsLeftOf16Bits() throws Unreadable {
    byte[] rgb =
        Decoding.decode("x.png", TestImages.file(TestImages.grey(false, true, 200 * 257), "png"));
    assertThat(rgb).containsOnly(200);
    rgb =
        Decoding.decode(
            "x.png", TestImages.file(TestImages.grey(false, true, 200 * 257 + 129), "png"));
    assertThat(rgb).containsOnly(201);
  }

  @Test
  void twoColoursAreBlackAndWhite() throws Unreadable {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(2, 0, 0xFFFFFF);
    assertThat(ImageDecoder.picture("x.png", TestImages.file(image, "png")).rgb())
        .containsExactly(0, 0, 0, 0, 0, 0, 255, 255, 255, 0, 0, 0);
  }

  @Test
  void oneWrongBitInAPngIsRefused() {
    byte[] whole = TestImages.file(paletted(), "png");
    for (int at = 8; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      assertThat(Decoding.readable("x.png", damaged)).as("byte %s", at).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"8193,1", "1,8193", "8000,8000", "65000,65000", "2147483647,2147483647"})
  void aBombIsRefusedByItsHeader(int width, int height) {
    Decoding.refused(
        "x.png",
        withSize(TestImages.png(1), width, height),
        width + "x" + height + " pixels",
        "more than 8192 a side or 40 million");
  }

  @Test
  void theLargestImageThatIsAllowedIsRead() throws Unreadable {
    byte[] wide =
        TestImages.file(TestImages.filled(8192, 2, BufferedImage.TYPE_BYTE_GRAY, ~0), "png");
    assertThat(Decoding.decode("x.png", wide)).hasSize(3 * 256).containsOnly(255);
  }

  private static BufferedImage paletted() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_INDEXED);
    image.createGraphics().drawImage(NOISE, 0, 0, null);
    return image;
  }

  /** The same PNG with another size in its header, and that header's checksum. */
  private static byte[] withSize(byte[] png, int width, int height) {
    ByteBuffer bytes = ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    bytes.putInt(29, (int) crc.getValue());
    return png;
  }
}
