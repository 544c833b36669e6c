package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.runner.data.ImageSource.Unreadable;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class ImageDecoderBmpTest {
  private static final BufferedImage NOISE = TestImages.noise(16, 16, 3);

  /** Five and six bits for a colour; they were read as nearly black. */
  @Test
  void samplesOfFewBitsFillTheWholeRange() throws Unreadable {
    BufferedImage white = TestImages.filled(4, 4, BufferedImage.TYPE_USHORT_565_RGB, 0xFFFFFF);
    assertThat(Decoding.decode("x.bmp", TestImages.file(white, "bmp"))).containsOnly(255);
    BufferedImage grey = TestImages.filled(4, 4, BufferedImage.TYPE_USHORT_555_RGB, 0x848484);
    assertThat(Decoding.decode("x.bmp", TestImages.file(grey, "bmp")))
        .containsOnly(132); // 16 of 31
  }

  @Test
  void anImageInsideABmpIsRefused() {
    byte[] bmp = TestImages.file(NOISE, "bmp");
    bmp[30] = 5;
    Decoding.refused("x.bmp", bmp, "PNG inside", "save it as one");
  }
}
