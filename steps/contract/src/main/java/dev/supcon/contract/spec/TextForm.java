package dev.supcon.contract.spec;

/**
 * The form that a text must have.
 *
 * @param noun what a wrong one is not
 * @param expected what to write
 */
record TextForm(String noun, String expected) {
  /** A name as Kubernetes allows it in a label. */
  static final String NAME = "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$";

  /** 64 hexadecimal digits. */
  static final String SHA256 = "^[0-9a-f]{64}$";

  /** No segment begins with a dot, so none leads out of its prefix. */
  static final String S3 =
      "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_=+@-][A-Za-z0-9_.=+@-]*)+/?$";

  static TextForm of(String pattern) {
    return switch (pattern) {
      case SHA256 -> new TextForm("a SHA-256", "64 hexadecimal digits in lower case");
      case S3 ->
          new TextForm(
              "an address in S3",
              "s3://bucket/folder or s3://bucket/file.tar, of letters, digits and inner . _ = + @ -");
      default -> new TextForm("a name", "at most 63 lower-case letters, digits and inner '-'");
    };
  }
}
