package dev.supcon.contract.step;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as 64 lower-case hexadecimal digits: at once, or in the making. */
public final class Sha256 {
  private final MessageDigest digest;

  /** Of nothing yet. */
  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java platform has SHA-256", e);
    }
  }

  /** Of these bytes. */
  public static String of(byte[] bytes) {
    return new Sha256().add(bytes).hex();
  }

  /** Of a text in UTF-8. */
  public static String of(String text) {
    return new Sha256().add(text).hex();
  }

  /** Of all that is left in a stream; it is not closed. */
  public static String of(InputStream in) throws IOException {
    return of(in, () -> {});
  }

  /**
   * The same, with a question before each block.
   *
   * @param beforeBlock may end the reading by an exception
   */
  public static String of(InputStream in, Runnable beforeBlock) throws IOException {
    Sha256 sha256 = new Sha256();
    byte[] buffer = new byte[1 << 17];
    InputStream hashed = sha256.hashed(in);
    while (hashed.read(buffer) >= 0) {
      beforeBlock.run();
    }
    return sha256.hex();
  }

  /** A stream of which every byte that is read or skipped is added. */
  public InputStream hashed(InputStream in) {
    return new Hashed(in, digest);
  }

  /** Adds bytes. */
  public Sha256 add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** Adds a text in UTF-8. */
  public Sha256 add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The 64 digits; the object starts anew. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  /** The 32 bytes; the object starts anew. */
  public byte[] bytes() {
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
