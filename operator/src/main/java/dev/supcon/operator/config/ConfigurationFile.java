package dev.supcon.operator.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.supcon.contract.spec.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The administrator's file as text becomes a configuration, or all its faults. */
public final class ConfigurationFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ConfigurationFile() {}

  /** What a text says. */
  public sealed interface Read {

    /** It obeys every rule. */
    record Accepted(Configuration configuration) implements Read {}

    /** It does not; every fault, each with its field. */
    record Refused(List<Violation> violations) implements Read {
      public Refused {
        violations = List.copyOf(violations);
      }
    }
  }

  /** Parses and checks. */
  public static Read read(String yaml) {
    try {
      @Nullable Configuration parsed = YAML.readValue(yaml, Configuration.class);
      Configuration configuration =
          parsed == null ? new Configuration(java.util.Map.of(), java.util.Map.of()) : parsed;
      List<Violation> violations = ConfigurationRules.violations(configuration);
      return violations.isEmpty() ? new Read.Accepted(configuration) : new Read.Refused(violations);
    } catch (UnrecognizedPropertyException e) {
      return refused(path(e), "is not a known field", "write one of " + e.getKnownPropertyIds());
    } catch (JsonMappingException e) {
      return refused(
          path(e), "cannot be read: " + e.getOriginalMessage(), "write what it may hold");
    } catch (JsonProcessingException e) {
      return refused("", "is no YAML: " + e.getOriginalMessage(), "repair it");
    }
  }

  private static Read refused(String path, String wrong, String instead) {
    return new Read.Refused(
        List.of(new Violation(path.isEmpty() ? "the file" : path, wrong, instead)));
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference place : e.getPath()) {
      if (place.getFieldName() == null) {
        path.append('[').append(place.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(place.getFieldName());
      }
    }
    return path.toString();
  }
}
