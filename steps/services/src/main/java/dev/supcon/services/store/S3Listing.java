package dev.supcon.services.store;

import dev.supcon.contract.step.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What lies at a place in S3.
 *
 * @param files one without a name where the place is a file, else all below it
 */
public record S3Listing(List<File> files) {

  public S3Listing {
    files = List.copyOf(files);
  }

  /**
   * SHA-256 of the lines {@code name TAB size TAB ETag}, sorted by their bytes: another content has
   * another one, and it is known without reading the content. Where the files lie is not in it.
   */
  public String digest() {
    Sha256 sha256 = new Sha256();
    files.stream()
        .map(file -> "%s\t%d\t%s\n".formatted(file.name(), file.size(), file.etag()))
        .map(line -> line.getBytes(StandardCharsets.UTF_8))
        .sorted(Arrays::compareUnsigned)
        .forEach(sha256::add);
    return sha256.hex();
  }

  /**
   * A file.
   *
   * @param name relative to the place, with slashes; a folder that was made by itself ends with one
   */
  public record File(String name, long size, String etag) {}
}
