package dev.supcon.runner.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * One YAML document as a tree. Scalars are those of YAML 1.2's JSON schema, so that {@code 1e-4} is
 * a number, as for kubectl, and no word becomes a boolean or a date.
 */
final class YamlDocument {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST = 32;

  private YamlDocument() {}

  /**
   * @param origin what the text is called in an error
   */
  static JsonNode read(String origin, String text) {
    try {
      return tree(yaml().load(text), 0);
    } catch (MarkedYAMLException e) {
      String place =
          e.getProblemMark() == null
              ? ""
              : ", line %d, column %d"
                  .formatted(e.getProblemMark().getLine() + 1, e.getProblemMark().getColumn() + 1);
      throw unreadable(origin + place, String.valueOf(e.getProblem()), e);
    } catch (YAMLException e) {
      throw unreadable(origin, String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  /** The tree as YAML that reads back as the same tree. */
  static String write(JsonNode tree) {
    return yaml().dump(plain(tree));
  }

  private static StepFailure unreadable(String place, String problem, Throwable cause) {
    return new StepFailure(
        ExitCode.USAGE,
        place + ": " + problem + "; write one YAML document without duplicate keys, tags and tabs",
        cause);
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setNestingDepthLimit(DEEPEST);
    DumperOptions block = new DumperOptions();
    block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    return new Yaml(
        new SafeConstructor(options), new Representer(block), block, options, new JsonScalars());
  }

  private static JsonNode tree(@Nullable Object value, int depth) {
    if (depth > DEEPEST) { // an alias may hold itself
      throw new YAMLException("is nested deeper than " + DEEPEST);
    }
    return switch (value) {
      case null -> JSON.nullNode();
      case Map<?, ?> map -> {
        ObjectNode object = JSON.objectNode();
        map.forEach((key, child) -> object.set(String.valueOf(key), tree(child, depth + 1)));
        yield object;
      }
      case List<?> list -> {
        ArrayNode array = JSON.arrayNode();
        list.forEach(child -> array.add(tree(child, depth + 1)));
        yield array;
      }
      case Boolean bool -> JSON.booleanNode(bool);
      case Integer number -> JSON.numberNode(number);
      case Long number -> JSON.numberNode(number);
      case BigInteger number -> JSON.numberNode(number);
      case Double number -> JSON.numberNode(number);
      default -> JSON.textNode(value.toString());
    };
  }

  private static @Nullable Object plain(JsonNode tree) {
    return switch (tree.getNodeType()) {
      case OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        tree.properties().forEach(child -> map.put(child.getKey(), plain(child.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        tree.forEach(child -> list.add(plain(child)));
        yield list;
      }
      case NUMBER -> tree.numberValue();
      case BOOLEAN -> tree.booleanValue();
      case NULL, MISSING -> null;
      case STRING, BINARY, POJO -> tree.asText();
    };
  }

  /** YAML 1.2, section 10.2, with the numbers of its core schema. */
  private static final class JsonScalars extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.MERGE, Pattern.compile("<<"), "<");
      addImplicitResolver(Tag.NULL, Pattern.compile("~|null|Null|NULL| "), "~nN\0");
      addImplicitResolver(Tag.NULL, Pattern.compile(""), null);
      addImplicitResolver(Tag.BOOL, Pattern.compile("true|True|TRUE|false|False|FALSE"), "tTfF");
      addImplicitResolver(Tag.INT, Pattern.compile("[-+]?(0|[1-9][0-9]*)"), "-+0123456789");
      addImplicitResolver(
          Tag.FLOAT,
          Pattern.compile(
              "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                  + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"),
          "-+0123456789.");
    }
  }
}
