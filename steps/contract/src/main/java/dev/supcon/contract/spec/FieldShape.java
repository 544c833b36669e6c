package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a field of a spec can hold, as its type and annotations say. */
public sealed interface FieldShape {

  /** What to write, such as {@code a whole number from 1 to 10, such as 5}. */
  String expected();

  /** An integer in a closed range. */
  record Whole(long min, long max, Optional<String> example) implements FieldShape {
    @Override
    public String expected() {
      return "a whole number from " + min + " to " + max + suchAs(example);
    }
  }

  /** A real number in a closed range. */
  record Real(double min, double max, Optional<String> example) implements FieldShape {
    @Override
    public String expected() {
      return "a number from "
          + Violation.plain(min)
          + " to "
          + Violation.plain(max)
          + suchAs(example);
    }
  }

  /** Free text. */
  record Text(long maxLength) implements FieldShape {
    @Override
    public String expected() {
      return "text of at most " + maxLength + " characters";
    }
  }

  /** Text of a form: a name, a digest, an address. */
  record Form(String pattern, Optional<String> example) implements FieldShape {
    private static final int MAX_LENGTH = 1024;

    public boolean holds(String text) {
      return text.length() <= MAX_LENGTH && text.matches(pattern);
    }

    /** What a text that it does not hold is not: {@code a name}. */
    public String noun() {
      return TextForm.of(pattern).noun();
    }

    @Override
    public String expected() {
      return TextForm.of(pattern).expected() + suchAs(example);
    }
  }

  /** Yes or no. */
  record Flag() implements FieldShape {
    @Override
    public String expected() {
      return "true or false";
    }
  }

  /** One word of a few. */
  record Word(List<String> words) implements FieldShape {
    static Word of(Class<?> type) {
      return new Word(
          Arrays.stream(type.getFields())
              .filter(field -> field.isEnumConstant() && !field.getName().equals("UNKNOWN"))
              .map(field -> field.getAnnotation(JsonProperty.class).value())
              .toList());
    }

    /** How a constant is written. */
    static String of(Enum<?> constant) {
      return Arrays.stream(constant.getDeclaringClass().getFields())
          .filter(field -> field.getName().equals(constant.name()))
          .map(field -> field.getAnnotation(JsonProperty.class).value())
          .findFirst()
          .orElseThrow();
    }

    @Override
    public String expected() {
      return words.size() == 1 ? words.getFirst() : "one of " + String.join(", ", words);
    }
  }

  /** A list. */
  record Items(long min, long max, FieldShape element) implements FieldShape {
    @Override
    public String expected() {
      return "a list of " + (min == max ? "" : min + " to ") + max + " entries";
    }
  }

  /** Fields of its own. */
  record Mapping(List<SpecField> fields) implements FieldShape {
    public Mapping {
      fields = List.copyOf(fields);
    }

    /** The fields of a spec record. */
    public static Mapping of(Class<? extends Record> type) {
      return new Mapping(SpecField.of(type));
    }

    @Override
    public String expected() {
      return "a mapping with "
          + fields.stream().map(SpecField::name).collect(Collectors.joining(", "));
    }
  }

  private static String suchAs(Optional<String> example) {
    return example.map(text -> ", such as " + text).orElse("");
  }
}
