package dev.supcon.operator.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.spec.FieldShape;
import dev.supcon.contract.spec.SpecField;
import dev.supcon.contract.spec.Violation;
import dev.supcon.operator.api.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of a stored object; what in it no record can hold is taken out, one by one. */
final class StoredPart {
  private static final int SHOWN = 40;

  /** Each costs a reading of the whole part; who has so many has no use for the rest. */
  private static final int FAULTS = 20;

  private static final FieldShape SPEC = FieldShape.Mapping.of(ExperimentSpec.class);

  private final ObjectCodec codec;
  private final String name;
  private final List<Violation> faults = new ArrayList<>();
  private JsonNode tree;

  /**
   * @param name of the part, such as spec
   */
  StoredPart(ObjectCodec codec, String name, JsonNode tree) {
    this.codec = codec;
    this.name = name;
    this.tree = tree;
    if (!tree.isObject()) {
      takeOut(root());
    }
  }

  /** What was taken out. */
  List<Violation> faults() {
    return List.copyOf(faults);
  }

  /** It ends, because each round takes something out. */
  <T> T as(Class<T> type) throws JsonProcessingException {
    while (true) {
      try {
        return codec.treeToValue(tree, type);
      } catch (JsonMappingException e) {
        Place place = root();
        for (Reference step : e.getPath()) {
          place = place.below(step);
        }
        takeOut(place);
      }
    }
  }

  private Place root() {
    return new Place(name, new Reference(tree, 0), tree, tree, Optional.of(SPEC));
  }

  private void takeOut(Place place) {
    faults.add(place.fault());
    if (faults.size() >= FAULTS || !place.cleared()) {
      tree = JsonNodeFactory.instance.objectNode();
    }
  }

  /**
   * Where something stands that does not fit.
   *
   * @param step the last one of the path, from the holder
   * @param shape what should stand there, where that is known
   */
  private record Place(
      String path, Reference step, JsonNode holder, JsonNode value, Optional<FieldShape> shape) {

    Place below(Reference next) {
      String field = next.getFieldName();
      int index = next.getIndex();
      return field == null
          ? new Place(path + "[" + index + "]", next, value, value.path(index), element())
          : new Place(path + "." + field, next, value, value.path(field), field(field));
    }

    private Optional<FieldShape> element() {
      return shape
          .filter(FieldShape.Items.class::isInstance)
          .map(list -> ((FieldShape.Items) list).element());
    }

    private Optional<FieldShape> field(String name) {
      return shape
          .filter(FieldShape.Mapping.class::isInstance)
          .flatMap(
              mapping ->
                  ((FieldShape.Mapping) mapping)
                      .fields().stream().filter(field -> field.name().equals(name)).findFirst())
          .map(SpecField::shape);
    }

    private boolean absent() {
      return value.isMissingNode() || value.isNull();
    }

    Violation fault() {
      return new Violation(
          path, wrong(), "write " + shape.map(FieldShape::expected).orElse("something else"));
    }

    private String wrong() {
      return switch (value.getNodeType()) {
        case MISSING, NULL -> "is missing";
        case OBJECT, POJO -> "is a mapping";
        case ARRAY -> "is a list";
        case STRING, NUMBER, BOOLEAN, BINARY -> "is " + PlainText.of(value.toString(), SHOWN);
      };
    }

    /** The other entries of a list keep their places. */
    boolean cleared() {
      if (absent()) {
        return false;
      }
      return switch (holder) {
        case ObjectNode object when step.getFieldName() != null ->
            object.remove(step.getFieldName()) != null;
        case ArrayNode list when list.has(step.getIndex()) ->
            !list.setNull(step.getIndex()).isEmpty();
        default -> false;
      };
    }
  }
}
