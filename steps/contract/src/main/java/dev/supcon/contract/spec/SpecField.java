package dev.supcon.contract.spec;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field of a spec record, read from the annotations out of which the CRD is generated too: ranges
 * and defaults have one source.
 */
public record SpecField(String name, FieldShape shape, boolean required) {

  /** The fields of a spec record in their order. */
  public static List<SpecField> of(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(component -> of(component.getName(), component.getAccessor()))
        .toList();
  }

  /** The fields that hold something else than their default, which cannot be told from none. */
  static List<SpecField> written(Record spec) {
    Record defaults = Defaults.of(spec.getClass());
    return of(spec.getClass()).stream()
        .filter(field -> !Objects.equals(field.in(spec), field.in(defaults)))
        .toList();
  }

  /** The field's value in a record that has it. */
  @Nullable Object in(Record owner) {
    try {
      Method accessor = owner.getClass().getMethod(name);
      return accessor.invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no field " + name + " in " + owner.getClass(), e);
    }
  }

  private static SpecField of(String name, Method accessor) {
    Optional<String> example =
        Optional.ofNullable(accessor.getAnnotation(Default.class)).map(Default::value);
    return new SpecField(
        name,
        shape(accessor.getAnnotatedReturnType(), accessor, example),
        accessor.isAnnotationPresent(Required.class));
  }

  private static FieldShape shape(
      AnnotatedType type, AnnotatedElement bounds, Optional<String> example) {
    if (type instanceof AnnotatedParameterizedType list) {
      Size size = annotation(bounds, Size.class);
      AnnotatedType element = list.getAnnotatedActualTypeArguments()[0];
      return new FieldShape.Items(
          size.min(), size.max(), shape(element, element, Optional.empty()));
    }
    Class<?> raw = (Class<?>) type.getType();
    if (raw.isRecord()) {
      return FieldShape.Mapping.of(raw.asSubclass(Record.class));
    }
    return raw.isEnum() ? FieldShape.Word.of(raw) : scalar(raw, bounds, example);
  }

  private static FieldShape scalar(
      Class<?> raw, AnnotatedElement bounds, Optional<String> example) {
    if (raw == String.class) {
      Pattern pattern = bounds.getAnnotation(Pattern.class);
      return pattern == null
          ? new FieldShape.Text(annotation(bounds, Size.class).max())
          : new FieldShape.Form(pattern.value(), example);
    }
    if (raw == Boolean.class) {
      return new FieldShape.Flag();
    }
    double min = annotation(bounds, Min.class).value();
    double max = annotation(bounds, Max.class).value();
    return raw == Double.class
        ? new FieldShape.Real(min, max, example)
        : new FieldShape.Whole((long) min, (long) max, example);
  }

  private static <A extends java.lang.annotation.Annotation> A annotation(
      AnnotatedElement element, Class<A> type) {
    return Objects.requireNonNull(
        element.getAnnotation(type), () -> element + " lacks @" + type.getSimpleName());
  }
}
