package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.supcon.runner.data.ImageSource.Unreadable;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static final BufferedImage NOISE = TestImages.noise(16, 16, 3);

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void pixelsAreThoseThatWereWritten(String format) throws Unreadable {
    byte[] rgb = decode("x." + format, TestImages.file(NOISE, format));
    for (int i = 0; i < 256; i++) {
      int pixel = NOISE.getRGB(i % 16, i / 16);
      assertThat(new byte[] {rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]})
          .containsExactly(pixel >> 16, pixel >> 8, pixel);
    }
  }

  @Test
  void aFlatJpegKeepsItsColour() throws Unreadable {
    byte[] rgb =
        decode("x.JPG", jpeg(TestImages.filled(16, 16, BufferedImage.TYPE_INT_RGB, 0xC82840)));
    assertThat(rgb[0] & 0xFF).isBetween(198, 202);
    assertThat(rgb[1] & 0xFF).isBetween(38, 42);
    assertThat(rgb[2] & 0xFF).isBetween(62, 66);
  }

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
      assertThat(decode("x.png", TestImages.file(grey, "png"))).containsOnly(128);
    }
  }

  @Test
  void aGreyJpegIsItsSamples() throws Unreadable {
    byte[] rgb = decode("x.jpeg", jpeg(TestImages.grey(false, false, 128)));
    assertThat(rgb).hasSize(3 * 256).containsOnly(128);
  }

  @Test
  void alphaIsDropped() throws Unreadable {
    BufferedImage clear = TestImages.filled(4, 4, BufferedImage.TYPE_INT_ARGB, 0x00112233);
    assertThat(decode("x.png", TestImages.file(clear, "png")))
        .startsWith(0x11, 0x22, 0x33, 0x11, 0x22, 0x33);
  }

  @Test
  void onlyTheNearestOf256ValuesIsLeftOf16Bits() throws Unreadable {
    byte[] rgb = decode("x.png", TestImages.file(TestImages.grey(false, true, 200 * 257), "png"));
    assertThat(rgb).containsOnly(200);
    rgb = decode("x.png", TestImages.file(TestImages.grey(false, true, 200 * 257 + 129), "png"));
    assertThat(rgb).containsOnly(201);
  }

  @Test
  void twoColoursAreBlackAndWhite() throws Unreadable {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(2, 0, 0xFFFFFF);
    assertThat(ImageDecoder.picture("x.png", TestImages.file(image, "png")).rgb())
        .containsExactly(0, 0, 0, 0, 0, 0, 255, 255, 255, 0, 0, 0);
  }

  /** Five and six bits for a colour; they were read as nearly black. */
  @Test
  void samplesOfFewBitsFillTheWholeRange() throws Unreadable {
    BufferedImage white = TestImages.filled(4, 4, BufferedImage.TYPE_USHORT_565_RGB, 0xFFFFFF);
    assertThat(decode("x.bmp", TestImages.file(white, "bmp"))).containsOnly(255);
    BufferedImage grey = TestImages.filled(4, 4, BufferedImage.TYPE_USHORT_555_RGB, 0x848484);
    assertThat(decode("x.bmp", TestImages.file(grey, "bmp"))).containsOnly(132); // 16 of 31
  }

  @Test
  void orientationMarksAreIgnored() throws Unreadable {
    byte[] plain = jpeg(TestImages.noise(24, 16, 1));
    byte[] turned = withOrientation(plain, 6);
    Picture picture = ImageDecoder.picture("x.jpg", turned);
    assertThat(picture.width()).isEqualTo(24);
    assertThat(picture.rgb()).isEqualTo(ImageDecoder.picture("x.jpg", plain).rgb());
  }

  @Test
  void paddingBehindAJpegIsNoDamage() throws Unreadable {
    byte[] jpeg = jpeg(NOISE);
    assertThat(decode("x.jpg", Arrays.copyOf(jpeg, jpeg.length + 100)))
        .isEqualTo(decode("x.jpg", jpeg));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void aFileCutAnywhereIsRefusedOrGivesTheSamePixels(String format) throws Unreadable {
    byte[] whole = TestImages.file(NOISE, format);
    byte[] pixels = decode("x." + format, whole);
    int accepted = 0;
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (readable("x." + format, cut)) {
        assertThat(decode("x." + format, cut)).as("cut at %s", length).isEqualTo(pixels);
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
        assertThatCode(() -> readable("x." + format, damaged))
            .as("byte %s as %s", at, wrong)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void oneWrongBitInAPngIsRefused() {
    byte[] whole = TestImages.file(paletted(), "png");
    for (int at = 8; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      assertThat(readable("x.png", damaged)).as("byte %s", at).isFalse();
    }
  }

  @Test
  void aJpegThatIsCutAndEndedIsRefused() {
    byte[] half = Arrays.copyOf(jpeg(TestImages.noise(64, 64, 1)), 1500);
    half[1498] = (byte) 0xFF;
    half[1499] = (byte) 0xD9;
    refused("x.jpg", half, "is damaged");
  }

  @Test
  void aCutJpegIsCalledCutOff() {
    byte[] whole = jpeg(NOISE);
    refused("x.jpg", Arrays.copyOf(whole, whole.length / 2), "cut off", "end mark");
  }

  /** The JDK would read it, as other colours. */
  @Test
  void fourColoursAreRefused() {
    byte[] jpeg = jpeg(NOISE);
    byte[] cmyk = jpeg.clone();
    cmyk[components(jpeg)] = 4;
    refused("x.jpg", cmyk, "4 colour components", "CMYK", "convert it to RGB or grey");
  }

  @Test
  void anEmptyFileIsRefused() {
    refused("x.png", new byte[0], "is empty");
  }

  @ParameterizedTest
  @CsvSource({"x.jpg,png", "x.png,jpeg", "x.png,gif", "x.jpeg,bmp", "x.gif,png", "x.bmp,gif"})
  void aDisguisedFileIsRefused(String name, String format) {
    refused(name, TestImages.file(NOISE, format), "is " + format + " by its content", "name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html></html>", "\177ELF", "RIFF\0\0\0\0WEBPVP8 ", "II*\0", "B"})
  void whatIsNoImageIsRefused(String content) {
    refused("x.png", content.getBytes(StandardCharsets.ISO_8859_1), "is no JPEG, PNG, GIF or BMP");
  }

  @Test
  void anUpperCaseNameIsAName() throws Unreadable {
    assertThat(decode("A.B.PNG", TestImages.png(1))).hasSize(3 * 256);
  }

  @ParameterizedTest
  @CsvSource({"8193,1", "1,8193", "8000,8000", "65000,65000", "2147483647,2147483647"})
  void aBombIsRefusedByItsHeader(int width, int height) {
    refused(
        "x.png",
        withSize(TestImages.png(1), width, height),
        width + "x" + height + " pixels",
        "more than 8192 a side or 40 million");
  }

  @Test
  void theLargestImageThatIsAllowedIsRead() throws Unreadable {
    byte[] wide =
        TestImages.file(TestImages.filled(8192, 2, BufferedImage.TYPE_BYTE_GRAY, ~0), "png");
    assertThat(decode("x.png", wide)).hasSize(3 * 256).containsOnly(255);
  }

  @Test
  void aGifsScreenMayLieAndItsFirstFrameCounts() throws Unreadable {
    byte[] gif = TestImages.file(NOISE, "gif");
    byte[] lying = gif.clone();
    ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putShort(6, (short) 45000);
    assertThat(decode("x.gif", lying)).isEqualTo(decode("x.gif", gif));
  }

  @Test
  void anImageInsideABmpIsRefused() {
    byte[] bmp = TestImages.file(NOISE, "bmp");
    bmp[30] = 5;
    refused("x.bmp", bmp, "PNG inside", "save it as one");
  }

  @Test
  void anExactDecoderRefusesOtherSizes() {
    ImageDecoder exact = new ImageDecoder(32, true);
    Refusal.ofImage(() -> exact.decode("x.png", TestImages.png(1)), "16x16", "instead of 32x32");
  }

  @Test
  void otherSizesAreFitted() throws Unreadable {
    byte[] file = TestImages.file(TestImages.noise(40, 20, 1), "png");
    Picture picture = ImageDecoder.picture("x.png", file);
    assertThat(decode("x.png", file)).isEqualTo(new Fit(40, 20, 16).apply(picture.rgb()));
  }

  /** ImageIO would write each image to a temporary file; a pod's root is read-only. */
  @Test
  void noTemporaryFileIsNeeded(@TempDir Path folder) throws Exception {
    Path gone = Files.createDirectory(folder.resolve("cache"));
    byte[] png = TestImages.png(1);
    ImageIO.setCacheDirectory(gone.toFile());
    try {
      Files.delete(gone);
      assertThat(decode("x.png", png)).hasSize(3 * 256);
    } finally {
      ImageIO.setCacheDirectory(null);
    }
  }

  private static BufferedImage paletted() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_INDEXED);
    image.createGraphics().drawImage(NOISE, 0, 0, null);
    return image;
  }

  private static byte[] decode(String name, byte[] file) throws Unreadable {
    return new ImageDecoder(16, false).decode(name, file);
  }

  private static boolean readable(String name, byte[] file) {
    try {
      return ImageDecoder.picture(name, file).width() > 0;
    } catch (Unreadable e) {
      return false;
    }
  }

  private static void refused(String name, byte[] file, String... words) {
    Refusal.ofImage(() -> decode(name, file), words);
  }

  private static byte[] jpeg(BufferedImage image) {
    return TestImages.file(image, "jpeg");
  }

  /** Where the baseline frame header says how many components there are. */
  private static int components(byte[] jpeg) {
    int at = 2;
    while ((jpeg[at + 1] & 0xFF) != 0xC0) {
      at += 2 + ByteBuffer.wrap(jpeg).getShort(at + 2);
    }
    return at + 9;
  }

  private static byte[] withOrientation(byte[] jpeg, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.putShort((short) 0xFFE1).putShort((short) 34);
    exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x112).putShort((short) 3).putInt(1).putShort((short) orientation);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(exif.array());
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
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
