package dev.supcon.contract.spec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules about one field: ranges, lengths, known words, as the annotations say. */
final class RangeRules {
  private final List<Violation> violations = new ArrayList<>();

  private RangeRules() {}

  static List<Violation> violations(String path, Record spec) {
    RangeRules rules = new RangeRules();
    rules.fields(path, SpecField.of(spec.getClass()), spec);
    return rules.violations;
  }

  private void fields(String path, List<SpecField> fields, Record owner) {
    for (SpecField field : fields) {
      Object value = field.in(owner);
      if (value != null) { // only what may be absent is null
        value(path + "." + field.name(), field.shape(), value);
      }
    }
  }

  private void value(String path, FieldShape shape, Object value) {
    switch (shape) {
      case FieldShape.Whole whole -> {
        long number = ((Number) value).longValue();
        refuseUnless(number >= whole.min() && number <= whole.max(), path, shape, value);
      }
      case FieldShape.Real real -> {
        double number = ((Number) value).doubleValue();
        refuseUnless(number >= real.min() && number <= real.max(), path, shape, value);
      }
      case FieldShape.Text text ->
          refuseUnless(((String) value).length() <= text.maxLength(), path, shape, value);
      case FieldShape.Form form -> refuseUnless(form.holds((String) value), path, shape, value);
      case FieldShape.Flag ignored -> {}
      case FieldShape.Word ignored ->
          refuseUnless(!((Enum<?>) value).name().equals("UNKNOWN"), path, shape, value);
      case FieldShape.Items items -> items(path, items, (List<?>) value);
      case FieldShape.Mapping mapping -> fields(path, mapping.fields(), (Record) value);
    }
  }

  private void items(String path, FieldShape.Items shape, List<?> list) {
    if (list.size() < shape.min() || list.size() > shape.max()) {
      String entries = list.size() == 1 ? " entry" : " entries";
      refuse(path, "has " + list.size() + entries, shape);
    }
    for (int i = 0; i < list.size(); i++) {
      @Nullable Object element = list.get(i);
      String place = path + "[" + i + "]";
      if (element == null) {
        refuse(place, "is null", shape.element());
      } else {
        value(place, shape.element(), element);
      }
    }
  }

  private void refuseUnless(boolean obeyed, String path, FieldShape shape, Object value) {
    if (!obeyed) {
      refuse(path, wrong(shape, value), shape);
    }
  }

  private void refuse(String path, String wrong, FieldShape shape) {
    violations.add(new Violation(path, wrong, "write " + shape.expected()));
  }

  private static String wrong(FieldShape shape, Object value) {
    return switch (shape) {
      case FieldShape.Whole ignored -> "is " + Violation.plain((Number) value) + ", out of range";
      case FieldShape.Real ignored -> "is " + Violation.plain((Number) value) + ", out of range";
      case FieldShape.Text ignored -> "is too long";
      case FieldShape.Form form -> "is \"" + value + "\", not " + form.noun();
      case FieldShape.Flag ignored -> "is a flag";
      case FieldShape.Word ignored -> "is not a known word";
      case FieldShape.Items ignored -> "is a list";
      case FieldShape.Mapping ignored -> "is a mapping";
    };
  }
}
