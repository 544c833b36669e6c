package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.runner.data.ImageSource.Unreadable;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImageDecoderJpegTest {
  private static final BufferedImage NOISE = TestImages.noise(16, 16, 3);

  @Test
  void aFlatJpegKeepsItsColour() throws Unreadable {
    byte[] rgb =
        Decoding.decode(
            "x.JPG", jpeg(TestImages.filled(16, 16, BufferedImage.TYPE_INT_RGB, 0xC82840)));
    assertThat(rgb[0] & 0xFF).isBetween(198, 202);
    assertThat(rgb[1] & 0xFF).isBetween(38, 42);
    assertThat(rgb[2] & 0xFF).isBetween(62, 66);
  }

  @Test
  void aGreyJpegIsItsSamples() throws Unreadable {
    byte[] rgb = Decoding.decode("x.jpeg", jpeg(TestImages.grey(false, false, 128)));
    assertThat(rgb).hasSize(3 * 256).containsOnly(128);
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
    assertThat(Decoding.decode("x.jpg", Arrays.copyOf(jpeg, jpeg.length + 100)))
        .isEqualTo(Decoding.decode("x.jpg", jpeg));
  }

  @Test
  void aJpegThatIsCutAndEndedIsRefused() {
    byte[] half = Arrays.copyOf(jpeg(TestImages.noise(64, 64, 1)), 1500);
    half[1498] = (byte) 0xFF;
    half[1499] = (byte) 0xD9;
    Decoding.refused("x.jpg", half, "is damaged");
  }

  @Test
  void aCutJpegIsCalledCutOff() {
    byte[] whole = jpeg(NOISE);
    Decoding.refused("x.jpg", Arrays.copyOf(whole, whole.length / 2), "cut off", "end mark");
  }

  /** The JDK would read it, as other colours. */
  @Test
  void fourColoursAreRefused() {
    byte[] jpeg = jpeg(NOISE);
    byte[] cmyk = jpeg.clone();
    cmyk[components(jpeg)] = 4;
    Decoding.refused("x.jpg", cmyk, "4 colour components", "CMYK", "convert it to RGB or grey");
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
}
