package dev.supcon.services.store;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in S3.
 *
 * @param prefix empty, or without a slash at either end
 */
record S3Address(String bucket, String prefix) {
  private static final Pattern URI =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?))?/*");

  /** Of {@code s3://bucket/prefix}; empty when it is something else. */
  static Optional<S3Address> of(String uri) {
    Matcher matcher = URI.matcher(uri);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String prefix = Objects.requireNonNullElse(matcher.group(2), "");
    return prefix.isEmpty() || ObjectKeys.allowed(prefix)
        ? Optional.of(new S3Address(matcher.group(1), prefix))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + prefix;
  }
}
