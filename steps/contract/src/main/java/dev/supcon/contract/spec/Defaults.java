package dev.supcon.contract.spec;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in place of a missing value. */
final class Defaults {
  private Defaults() {}

  static <T> T or(@Nullable T value, T fallback) {
    return value == null ? fallback : value;
  }

  /** The list or its fallback, unmodifiable; null entries stay, for the rules to refuse. */
  static <T> List<T> or(@Nullable List<T> value, List<T> fallback) {
    return value == null ? fallback : Collections.unmodifiableList(new ArrayList<>(value));
  }

  /** The record as if none of its fields had been written. */
  static <T extends Record> T of(Class<T> type) {
    Class<?>[] components =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(components).newInstance(new Object[components.length]);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a spec record refused its defaults: " + type.getName(), e);
    }
  }
}
