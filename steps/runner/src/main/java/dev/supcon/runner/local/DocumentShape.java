package dev.supcon.runner.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.spec.FieldShape;
import dev.supcon.contract.spec.SpecField;
import dev.supcon.contract.spec.Violation;
import java.util.List;
import java.util.Optional;

/** What a whole file must look like, around its spec. */
final class DocumentShape {
  private static final List<SpecField> METADATA =
      List.of(
          new SpecField(
              "name",
              new FieldShape.Form(
                  "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", Optional.of("my-experiment")),
              true));

  private static final List<SpecField> DOCUMENT =
      List.of(
          new SpecField("apiVersion", new FieldShape.Word(List.of("supcon.dev/v1alpha1")), true),
          new SpecField("kind", new FieldShape.Word(List.of("SupConExperiment")), true),
          new SpecField("metadata", new FieldShape.Mapping(METADATA), true),
          new SpecField("spec", FieldShape.Mapping.of(ExperimentSpec.class), true));

  /** They mean something to a cluster only; the same file is for both. */
  private static final List<String> FOR_A_CLUSTER = List.of("namespace", "labels", "annotations");

  private DocumentShape() {}

  /** Takes out of a document what its records cannot hold. */
  static List<Violation> takeFaults(ObjectNode root) {
    if (root.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(FOR_A_CLUSTER);
    }
    ShapeFaults faults = new ShapeFaults();
    faults.group("", root, DOCUMENT);
    return faults.faults();
  }
}
