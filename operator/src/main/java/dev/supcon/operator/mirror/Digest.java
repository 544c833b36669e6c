package dev.supcon.operator.mirror;

/** The digest of a data set's source, if it is known. */
public sealed interface Digest permits Unknown, Digest.Known {

  /**
   * It is.
   *
   * @param hex SHA-256, 64 hexadecimal digits
   */
  record Known(String hex) implements Digest {}
}
