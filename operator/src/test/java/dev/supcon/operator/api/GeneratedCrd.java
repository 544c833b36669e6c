package dev.supcon.operator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The CRD of a resource class, as YAML: fabric8's, and what its annotations cannot say. */
final class GeneratedCrd implements CRDPostProcessor {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Lists whose entries are told apart by one field, so that two appliers merge. */
  private static final Map<String, String> KEYS =
      Map.of(
          "steps", "name",
          "conditions", "type",
          "metrics", "name",
          "digests", "name",
          "images", "runtime",
          "codeVersions", "kind");

  private final List<String> columns;

  private GeneratedCrd(Class<?> resource) {
    this.columns =
        Arrays.stream(resource.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
  }

  static String yaml(Class<? extends HasMetadata> resource) {
    InMemory output = new InMemory(new ByteArrayOutputStream());
    new CRDGenerator()
        .customResourceClasses(List.of(resource))
        .forCRDVersions("v1")
        .withPostProcessor(new GeneratedCrd(resource))
        .withOutput(output)
        .detailedGenerate();
    return output.file().toString(StandardCharsets.UTF_8);
  }

  private record InMemory(ByteArrayOutputStream file)
      implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    @Override
    public ByteArrayOutputStream outputFor(String crd) {
      return file;
    }

    @Override
    public void close() {}
  }

  @Override
  public HasMetadata process(HasMetadata resource, String version) {
    CustomResourceDefinition crd = (CustomResourceDefinition) resource;
    JSONSchemaProps root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    crd.getSpec()
        .getVersions()
        .getFirst()
        .getAdditionalPrinterColumns()
        .sort(Comparator.comparingInt(column -> columns.indexOf(column.getName())));
    dropUnknownWords(root);
    markUniqueLists(root);
    root.getProperties().remove("unreadable"); // ours alone
    root.setRequired(List.of("spec"));
    root.getProperties().computeIfPresent("spec", (name, spec) -> described(spec, "What to run."));
    root.getProperties()
        .computeIfPresent(
            "status",
            (name, status) -> {
              // GitOps tools take a status without it for current before the object was seen.
              status.setDefault(JSON.objectNode().put("observedGeneration", -1));
              markWhole(status);
              return described(status, "What the operator has seen of it.");
            });
    root.getProperties().put("metadata", nameAsLabel());
    return crd;
  }

  private static JSONSchemaProps described(JSONSchemaProps schema, String description) {
    schema.setDescription(description);
    return schema;
  }

  /** Names of Jobs and values of labels are made of it. */
  private static JSONSchemaProps nameAsLabel() {
    return new JSONSchemaPropsBuilder()
        .withType("object")
        .addToProperties(
            "name", new JSONSchemaPropsBuilder().withType("string").withMaxLength(63L).build())
        .build();
  }

  /** Lists in which an entry may stand once, as {@code ContradictionRules} says. */
  private static void markUniqueLists(JSONSchemaProps schema) {
    schema
        .getProperties()
        .forEach(
            (name, field) -> {
              if (Set.of("types", "severities", "learningRates", "l2", "decayEpochs")
                  .contains(name)) {
                field.setXKubernetesListType("set");
              } else if (KEYS.containsKey(name)) {
                keyed(field, KEYS.get(name));
              }
              markUniqueLists(field);
              if (field.getItems() != null) {
                markUniqueLists(field.getItems().getSchema());
              }
            });
  }

  /** A key must always be there: the API server takes no map list otherwise. */
  private static void keyed(JSONSchemaProps list, String key) {
    list.setXKubernetesListType("map");
    list.setXKubernetesListMapKeys(List.of(key));
    JSONSchemaProps entry = list.getItems().getSchema();
    if (!entry.getRequired().contains(key)) {
      entry.setRequired(Stream.concat(entry.getRequired().stream(), Stream.of(key)).toList());
    }
  }

  /**
   * Objects that one writer replaces as a whole: the API server then keeps no owner for each of
   * their fields, which are half of what it would store and compare at every write of status.
   */
  private static void markWhole(JSONSchemaProps status) {
    status
        .getProperties()
        .values()
        .forEach(
            field -> {
              if (field.getItems() != null) {
                field.getItems().getSchema().setXKubernetesMapType("atomic");
              } else if (field.getType().equals("object")) {
                field.setXKubernetesMapType("atomic");
              }
            });
  }

  private static void dropUnknownWords(JSONSchemaProps schema) {
    if (schema.getEnum() != null) {
      schema.setEnum(
          schema.getEnum().stream().filter(word -> !word.asText().equals("unknown")).toList());
    }
    if (schema.getItems() != null) {
      dropUnknownWords(schema.getItems().getSchema());
    }
    schema.getProperties().values().forEach(GeneratedCrd::dropUnknownWords);
  }
}
