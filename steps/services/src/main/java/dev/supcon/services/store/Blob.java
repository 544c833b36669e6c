package dev.supcon.services.store;

/**
 * One file of a result or checkpoint.
 *
 * @param name relative, inside the folder it belongs to
 * @param sha256 of its bytes, 64 hexadecimal digits
 * @param etag as the store gave it on writing; as long as it stays, the bytes need no second look
 */
public record Blob(String name, long size, String sha256, String etag) {

  /**
   * @throws IllegalArgumentException when the name leads out of its folder or a field is malformed
   */
  public Blob {
    ObjectKeys.checked(name);
    if (size < 0 || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a blob: " + name);
    }
  }
}
