package dev.supcon.services.store;

import java.util.regex.Pattern;

/** Which keys and relative names are allowed: those that mean the same in every store. */
final class ObjectKeys {
  // Letters, digits and a few signs. Nothing that a path, a URL or a shell reads in its own way: no
  // backslash, %, #, ?, control characters, no empty, "." or ".." segment (MLflow's CVE-2023-2356,
  // -2780, CVE-2024-1560, -3848 are one each of these).
  private static final Pattern NAME =
      Pattern.compile("(?!.*(^|/)\\.{1,2}(/|$))[\\w.@=+ -]+(/[\\w.@=+ -]+)*");
  private static final int MAX_LENGTH = 900; // S3 allows 1,024 bytes, prefix included

  private ObjectKeys() {}

  static boolean allowed(String name) {
    return name.length() <= MAX_LENGTH && NAME.matcher(name).matches();
  }

  /**
   * @throws IllegalArgumentException when the key is not allowed
   */
  static String checked(String key) {
    if (!allowed(key)) {
      throw new IllegalArgumentException("not a key: " + key);
    }
    return key;
  }
}
