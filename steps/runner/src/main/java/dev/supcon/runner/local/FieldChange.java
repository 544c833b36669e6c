package dev.supcon.runner.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One {@code --set PATH=VALUE}: the value is YAML, and {@code null} takes the field away. */
record FieldChange(String text, List<String> path, JsonNode value) {
  private static final Set<String> TOP = Set.of("apiVersion", "kind", "metadata", "spec");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern SHAPE = Pattern.compile("([A-Za-z0-9.\\[\\]]+)=(.*)");

  /**
   * @throws StepFailure when it is not PATH=VALUE
   */
  static FieldChange of(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw refused(text, "is not PATH=VALUE; write one, such as spec.pretrain.epochs=4");
    }
    // a[0].b has the segments a, 0, b
    List<String> path = List.of(parts.group(1).replace("]", "").split("[.\\[]", -1));
    JsonNode value = YamlDocument.read("--set " + text, parts.group(2));
    return TOP.contains(path.getFirst())
        ? new FieldChange(text, path, value)
        : new FieldChange(text, prefixed(path), value);
  }

  private static List<String> prefixed(List<String> path) {
    return Stream.concat(Stream.of("spec"), path.stream()).toList();
  }

  /** Changes the tree; mappings and lists on the way that are missing are made. */
  void applyTo(ObjectNode root) {
    JsonNode owner = root;
    for (int i = 0; i < path.size() - 1; i++) {
      owner = descend(owner, path.get(i), path.get(i + 1));
    }
    if (value.isNull()) {
      remove(owner, path.getLast());
    } else {
      set(owner, path.getLast(), value);
    }
  }

  private JsonNode descend(JsonNode owner, String segment, String next) {
    JsonNode child =
        owner instanceof ArrayNode list ? list.path(index(list, segment)) : owner.path(segment);
    if (child.isContainerNode()) {
      return child;
    }
    if (!child.isMissingNode() && !child.isNull()) {
      throw refused(text, "'" + segment + "' has no fields; write the path of a field");
    }
    JsonNode made = next.matches("[0-9]+") ? NODES.arrayNode() : NODES.objectNode();
    set(owner, segment, made);
    return made;
  }

  private void set(JsonNode owner, String segment, JsonNode node) {
    if (!(owner instanceof ArrayNode list)) {
      mapping(owner, segment).set(segment, node);
    } else if (index(list, segment) == list.size()) {
      list.add(node);
    } else {
      list.set(index(list, segment), node);
    }
  }

  private void remove(JsonNode owner, String segment) {
    if (!(owner instanceof ArrayNode list)) {
      mapping(owner, segment).remove(segment);
    } else if (list.remove(index(list, segment)) == null) {
      throw refused(text, "the list ends before '" + segment + "'; there is nothing to remove");
    }
  }

  private ObjectNode mapping(JsonNode owner, String segment) {
    if (owner instanceof ObjectNode object) {
      return object;
    }
    throw refused(text, "'" + segment + "' is not in a mapping; write the path of a field");
  }

  private int index(ArrayNode list, String segment) {
    if (!segment.matches("[0-9]{1,3}") || Integer.parseInt(segment) > list.size()) {
      throw refused(text, "'" + segment + "' is no place in a list; write 0 to " + list.size());
    }
    return Integer.parseInt(segment);
  }

  private static StepFailure refused(String text, String why) {
    return new StepFailure(ExitCode.USAGE, "--set " + text + ": " + why);
  }
}
