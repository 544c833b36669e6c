package dev.supcon.operator.config;

import dev.supcon.contract.spec.Violation;
import io.fabric8.kubernetes.api.model.Quantity;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The faults of a file, gathered; each question is about one field. */
final class Faults {
  private static final String NAME = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?";
  private static final String LABEL = "([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?";

  private final List<Violation> violations = new ArrayList<>();

  List<Violation> all() {
    return List.copyOf(violations);
  }

  void unless(boolean obeyed, String path, String wrong, String instead) {
    if (!obeyed) {
      violations.add(new Violation(path, wrong, instead));
    }
  }

  void name(String path, String name) {
    unless(
        name.matches(NAME),
        path,
        "is \"" + name + "\", not a name",
        "write lower-case letters, digits and inner '-'");
  }

  void nameOrNone(String path, @Nullable String name) {
    if (name != null) {
      name(path, name);
    }
  }

  void wordOrNone(String path, @Nullable String word, Set<String> words) {
    unless(
        word == null || words.contains(word),
        path,
        "is not a known word",
        "write one of " + words.stream().sorted().toList());
  }

  void range(String path, int number, int min, int max) {
    unless(
        number >= min && number <= max,
        path,
        "is " + number + ", out of range",
        "write a whole number from " + min + " to " + max);
  }

  void label(String path, String key, String value) {
    unless(
        key.matches("([a-z0-9.-]+/)?" + LABEL) && value.matches(LABEL),
        path,
        "is not a label",
        "write a label as nodes have it");
  }

  void quantity(String path, String amount) {
    unless(
        positive(amount), path, "is \"" + amount + "\", not an amount", "write such as 500m, 8Gi");
  }

  private static boolean positive(String amount) {
    try {
      return Quantity.parse(amount).getNumericalAmount().signum() > 0;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }

  void url(String path, @Nullable String url) {
    if (url != null) {
      unless(
          isUrl(url),
          path,
          "is not a URL of a server without credentials",
          "write such as https://host:port");
    }
  }

  /** Credentials in it would be readable in every pod's description. */
  private static boolean isUrl(String url) {
    try {
      URI parsed = URI.create(url);
      return List.of("http", "https").contains(String.valueOf(parsed.getScheme()))
          && parsed.getHost() != null
          && parsed.getUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Kubernetes' own records keep what they do not know instead of refusing it. */
  void onlyKnown(String path, Map<String, Object> unknown) {
    unknown
        .keySet()
        .forEach(name -> unless(false, path + "." + name, "is not a known field", "remove it"));
  }
}
