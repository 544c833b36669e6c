package dev.supcon.runner.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 in the making. */
final class Sha256 {
  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java platform has SHA-256", e);
    }
  }

  /**
   * Of a whole file, in hexadecimal digits.
   *
   * @param beforeBlock may end the reading by an exception
   */
  static String ofFile(Path file, Runnable beforeBlock) throws IOException {
    Sha256 sha256 = new Sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = sha256.of(Files.newInputStream(file))) {
      while (in.read(buffer) >= 0) {
        beforeBlock.run();
      }
    }
    return sha256.hex();
  }

  /** A stream of which every byte that is read is added. */
  InputStream of(InputStream in) {
    return new Hashed(in, digest);
  }

  Sha256 add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  Sha256 add(ByteBuffer bytes) {
    digest.update(bytes);
    return this;
  }

  Sha256 add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The 64 hexadecimal digits; the object starts anew. */
  String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  /** The 32 bytes; the object starts anew. */
  byte[] bytes() {
    return digest.digest();
  }

  /** A plain one does not see what is skipped. */
  private static final class Hashed extends DigestInputStream {
    Hashed(InputStream in, MessageDigest digest) {
      super(in, digest);
    }

    @Override
    public long skip(long bytes) throws IOException {
      return Math.max(0, read(new byte[Math.clamp(bytes, 0, 1 << 16)]));
    }
  }
}
