package dev.supcon.runner.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Writes tars byte by byte (POSIX ustar), so that they may be as wrong as they like. */
final class TarBytes {
  static final int RECORD = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  TarBytes file(String name, byte[] content) {
    return entry(name.getBytes(StandardCharsets.UTF_8), '0', content.length, content);
  }

  TarBytes file(String name) {
    return file(name, name.getBytes(StandardCharsets.UTF_8));
  }

  TarBytes folder(String name) {
    return entry(name.getBytes(StandardCharsets.UTF_8), '5', 0);
  }

  /** An entry without content of any kind: '1' a hard link, '2' a symbolic link, '6' a pipe. */
  TarBytes special(String name, char kind) {
    return entry(name.getBytes(StandardCharsets.UTF_8), kind, 0);
  }

  TarBytes entry(byte[] name, char kind, long size, byte... content) {
    byte[] header = new byte[RECORD];
    System.arraycopy(name, 0, header, 0, name.length);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(size));
    put(header, 136, "00000000000\0");
    put(header, 148, "        ");
    put(header, 156, String.valueOf(kind));
    put(header, 157, kind == '1' || kind == '2' ? "/etc/passwd" : "");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    out.writeBytes(header);
    out.writeBytes(content);
    out.writeBytes(new byte[-content.length & (RECORD - 1)]);
    return this;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /** Without an end mark. */
  byte[] open() {
    return out.toByteArray();
  }

  byte[] whole() {
    byte[] open = open();
    return Arrays.copyOf(open, open.length + 2 * RECORD);
  }

  /** Into a new file. */
  Path write(Path file) {
    return write(file, whole());
  }

  static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
