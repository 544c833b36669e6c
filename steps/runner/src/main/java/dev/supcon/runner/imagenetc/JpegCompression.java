package dev.supcon.runner.imagenetc;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Written as JPEG of a low quality, colours halved both ways (4:2:0), and read again. */
final class JpegCompression implements Corruption {
  private final int side;
  private final float quality;

  /**
   * @param quality of libjpeg, 1 to 100; the JDK's is said in other words, but its quantisation
   *     tables come out the same
   */
  JpegCompression(int side, int quality) {
    this.side = side;
    int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    this.quality = percent > 100 ? 50f / percent : 1 - percent / 200f;
  }

  @Override
  public byte[] apply(byte[] image, Draws draws) {
    try {
      return rgb(read(written(image)));
    } catch (IOException e) {
      throw new UncheckedIOException("in memory, which does not fail", e);
    }
  }

  private byte[] written(byte[] image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(bgr(image), null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage read(byte[] file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  private BufferedImage bgr(byte[] image) {
    BufferedImage bgr = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
    swapped(image, ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData());
    return bgr;
  }

  private static byte[] rgb(BufferedImage bgr) {
    byte[] from = ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData();
    byte[] rgb = new byte[from.length];
    swapped(from, rgb);
    return rgb;
  }

  private static void swapped(byte[] from, byte[] to) {
    for (int i = 0; i < from.length; i += 3) {
      to[i] = from[i + 2];
      to[i + 1] = from[i + 1];
      to[i + 2] = from[i];
    }
  }
}
