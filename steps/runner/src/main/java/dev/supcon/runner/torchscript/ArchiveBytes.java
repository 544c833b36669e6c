package dev.supcon.runner.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A stored zip as {@code torch.jit.load} reads it; the same content gives the same bytes. */
final class ArchiveBytes {
  /** torch.jit's file format of libtorch 2.7 (caffe2/serialize/versions.h). */
  private static final String FORMAT = "10\n";

  /** Pickle of an empty tuple. */
  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  private final String folder;
  private final ByteArrayOutputStream target = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(target);

  /**
   * @param folder in which all entries lie, with a slash at its end
   */
  ArchiveBytes(String folder) {
    this.folder = folder;
    zip.setMethod(ZipOutputStream.STORED);
    add("version", FORMAT.getBytes(StandardCharsets.US_ASCII));
    add("constants.pkl", NO_CONSTANTS);
  }

  ArchiveBytes add(String name, byte[] content) {
    return add(name, ByteBuffer.wrap(content));
  }

  ArchiveBytes add(String name, ByteBuffer content) {
    CRC32 sum = new CRC32();
    sum.update(content.duplicate());
    ZipEntry entry = new ZipEntry(folder + name);
    entry.setSize(content.remaining());
    entry.setCrc(sum.getValue());
    entry.setTime(0);
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    try {
      zip.putNextEntry(entry);
      zip.write(bytes);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return this;
  }

  byte[] bytes() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return target.toByteArray();
  }
}
