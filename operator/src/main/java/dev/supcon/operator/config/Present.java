package dev.supcon.operator.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is there of what may be missing: a file with gaps is still read, for the rules to judge. */
final class Present {
  private Present() {}

  static <V> Map<String, V> of(@Nullable Map<String, V> map) {
    Map<String, V> present = new LinkedHashMap<>();
    if (map != null) {
      map.forEach(
          (name, value) -> {
            if (value != null) {
              present.put(name, value);
            }
          });
    }
    return Collections.unmodifiableMap(present);
  }

  static <V> List<V> of(@Nullable List<V> list) {
    return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
  }
}
