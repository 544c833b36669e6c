package dev.supcon.services.store;

import dev.supcon.contract.step.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** SHA-256 of a whole file, in hexadecimal digits. */
public final class FileDigest {
  private FileDigest() {}

  /** Of a file that is read to its end. */
  public static String of(Path file) throws IOException {
    return of(file, () -> {});
  }

  /**
   * The same, with a question before each block.
   *
   * @param beforeBlock may end the reading by an exception
   */
  public static String of(Path file, Runnable beforeBlock) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.of(in, beforeBlock);
    }
  }
}
