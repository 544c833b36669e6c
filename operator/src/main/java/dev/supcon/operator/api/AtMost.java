package dev.supcon.operator.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists and numbers of a status within their bounds. */
final class AtMost {
  private AtMost() {}

  static <T> List<T> of(@Nullable List<T> list, int max) {
    if (list == null) {
      return List.of();
    }
    return list.stream().filter(java.util.Objects::nonNull).limit(max).toList();
  }

  static int count(@Nullable Integer number) {
    return number == null ? 0 : Math.max(0, number);
  }

  static long amount(@Nullable Long number, long fallback) {
    return number == null ? fallback : number;
  }
}
