package dev.supcon.operator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.supcon.contract.spec.Checked;
import dev.supcon.contract.spec.ExperimentRules;
import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.spec.Violation;
import dev.supcon.contract.step.ContractJson;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every rule of the CRD, by a real API server, and each by the operator's own rules too. */
final class CrdRulesIT {
  private static final Path CRD = Path.of("../manifests/crds/supconexperiments.supcon.dev.yaml");
  private static final YAMLMapper YAML = new YAMLMapper();

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final String namespace = "rules-" + UUID.randomUUID().toString().substring(0, 8);
  private final String path =
      "/apis/supcon.dev/v1alpha1/namespaces/%s/supconexperiments".formatted(namespace);

  @BeforeEach
  void open() throws IOException {
    client.load(Files.newInputStream(CRD)).serverSideApply();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  @AfterEach
  void close() {
    client.namespaces().withName(namespace).delete();
    client.close();
  }

  @Test
  void aBrokenRuleAboutOneFieldIsRefusedByItsName() throws IOException {
    List<SchemaBreaks.Break> breaks = SchemaBreaks.of(schema().at("/properties/spec"));

    assertThat(breaks).hasSizeGreaterThan(200);
    assertThat(breaks)
        .allSatisfy(
            one -> {
              assertThat(refusal(one.spec())).as("%s by the server", one).contains(one.path());
              if (!one.rule().equals("type")) {
                assertThat(faults(one.spec()))
                    .as("%s by the rules", one)
                    .anyMatch(fault -> fault.startsWith(one.path()));
              }
            });
  }

  @Test
  void aContradictionIsRefusedByTheNamesOfItsFields() throws IOException {
    assertThat(contradictions().keySet()).isEqualTo(messages(schema()));
    contradictions()
        .forEach(
            (message, yaml) -> {
              JsonNode spec = read(yaml.getFirst());
              assertThat(refusal(spec)).contains(message);
              assertThat(faults(spec))
                  .as(message)
                  .anyMatch(fault -> fault.startsWith("spec." + yaml.get(1)));
            });
  }

  private static Map<String, List<String>> batches() {
    return Map.of(
        "batchSize is no multiple of chunkSize",
        List.of("{pretrain: {batchSize: 96, chunkSize: 64}}", "pretrain.chunkSize"),
        "batchSize is no multiple of devices",
        List.of("{pretrain: {batchSize: 96, devices: 5}}", "pretrain.devices"),
        "devices are so many that each gets fewer than 2 images of the batch",
        List.of("{pretrain: {batchSize: 8, devices: 8}}", "pretrain.devices"),
        "chunkSize does not divide batchSize / devices, the images of a device",
        List.of("{pretrain: {batchSize: 96, devices: 2, chunkSize: 32}}", "pretrain.chunkSize"),
        "memory works on one device; write devices: 1, or remove one of the two",
        List.of("{pretrain: {devices: 2, memory: {size: 8192}}}", "pretrain.devices"),
        "memory.size is no multiple of batchSize",
        List.of("{pretrain: {batchSize: 96, memory: {size: 8192}}}", "pretrain.memory.size"),
        "chunkSize has no meaning beside memory, whose batches are small; remove one of the two",
        List.of("{pretrain: {chunkSize: 64, memory: {size: 8192}}}", "pretrain.chunkSize"),
        "memory is defined for the loss supCon in its plain form; remove it",
        List.of("{pretrain: {loss: {positives: inside}, memory: {size: 8192}}}", "pretrain.memory"),
        "checkpoints.keepBest needs knn.everyEpochs of 1 or more",
        List.of(
            "{pretrain: {knn: {everyEpochs: 0}, checkpoints: {keepBest: true}}}",
            "pretrain.checkpoints.keepBest"));
  }

  private static Map<String, List<String>> training() {
    return Map.of(
        "batches.samplesPerClass and the composition classesTimesSamples go together; write both or"
            + " neither",
        List.of("{pretrain: {batches: {samplesPerClass: 4}}}", "pretrain.batches.samplesPerClass"),
        "batchSize is no multiple of batches.samplesPerClass",
        List.of(
            "{pretrain: {batches: {composition: classesTimesSamples, samplesPerClass: 3}}}",
            "pretrain.batches.samplesPerClass"),
        "data.subset needs one size; write fraction or imagesPerClass",
        List.of("{data: {subset: {fraction: 0.1, imagesPerClass: 5}}}", "data.subset"),
        "data.labelNoise has no meaning for a data set to transfer to; remove it",
        List.of(
            "{transfer: [{data: {name: pets, labelNoise: {fraction: 0.1}}}]}",
            "transfer[0].data.labelNoise"),
        "data.subset has no meaning for a data set to transfer to; remove it",
        List.of(
            "{transfer: [{data: {name: pets, subset: {fraction: 0.1}}}]}",
            "transfer[0].data.subset"));
  }

  private static Map<String, List<String>> initialWeights() {
    return Map.of(
        "encoder.initialWeights needs one place; write path or s3",
        List.of("{encoder: {initialWeights: {}}}", "encoder.initialWeights"),
        "encoder.initialWeights.s3 needs sha256, by which the file is known",
        List.of(
            "{encoder: {initialWeights: {s3: s3://weights/w.pth}}}", "encoder.initialWeights.s3"),
        "encoder.initialWeights.mean and std go together; write both or neither",
        List.of(
            "{encoder: {initialWeights: {path: w.pth, mean: [0, 0, 0]}}}",
            "encoder.initialWeights.mean"));
  }

  /** By the rule's message: a spec that breaks it, and the field that the operator names. */
  private static Map<String, List<String>> contradictions() {
    Map<String, List<String>> cases = new LinkedHashMap<>();
    cases.put(
        "data.path and data.s3 are two places for one data set; remove one of the two",
        List.of("{data: {name: pets, path: here, s3: s3://images/pets}}", "data.s3"));
    cases.put(
        "data.path, data.s3 and data.digest have no meaning for an embedded data set; remove them",
        List.of("{data: {name: shapes-novel, s3: s3://images/pets}}", "data.s3"));
    cases.put(
        "CIFAR has images of 32 x 32; write 32 as data.imageSize",
        List.of(
            "{transfer: [{data: {name: cifar100, imageSize: 64}}]}", "transfer[0].data.imageSize"));
    cases.put(
        "PASCAL VOC 2007 has several labels an image, which no step learns yet; choose another data"
            + " set",
        List.of("{data: {name: pascal, format: voc2007}}", "data.format"));
    cases.putAll(training());
    cases.putAll(batches());
    cases.putAll(initialWeights());
    cases.put(
        "temperature and scale have no meaning with this pretrain.loss.type; remove them",
        List.of("{pretrain: {loss: {type: crossEntropy, scale: none}}}", "pretrain.loss.scale"));
    cases.put(
        "positives, denominator, positivesCap and classWeights have no meaning with this"
            + " pretrain.loss.type; remove them",
        List.of(
            "{pretrain: {loss: {type: crossEntropy, positivesCap: 2}}}",
            "pretrain.loss.positivesCap"));
    cases.put(
        "anchors has no meaning with this pretrain.loss.type; remove it",
        List.of("{pretrain: {loss: {type: crossEntropy, anchors: one}}}", "pretrain.loss.anchors"));
    cases.put(
        "margin has no meaning with this pretrain.loss.type; remove it",
        List.of("{pretrain: {loss: {margin: 1}}}", "pretrain.loss.margin"));
    cases.put(
        "labelSmoothing has no meaning with this pretrain.loss.type; remove it",
        List.of("{pretrain: {loss: {labelSmoothing: 0.1}}}", "pretrain.loss.labelSmoothing"));
    cases.put(
        "joint has no meaning with this pretrain.loss.type; remove it",
        List.of("{pretrain: {loss: {joint: {}}}}", "pretrain.loss.joint"));
    cases.put(
        "mixing has no meaning with this pretrain.loss.type; remove it",
        List.of("{pretrain: {loss: {type: joint, mixing: {}}}}", "pretrain.loss.mixing"));
    cases.put(
        "no term of the joint loss trains the encoder; write a contrastiveWeight above 0, or a"
            + " crossEntropyWeight above 0 with classifierGradient through",
        List.of(
            "{pretrain: {loss: {type: joint, joint: {contrastiveWeight: 0}}}}",
            "pretrain.loss.joint"));
    cases.put(
        "angularMargin and angularMarginSoftening have no meaning with this pretrain.loss.type;"
            + " remove them",
        List.of("{pretrain: {loss: {angularMargin: 2}}}", "pretrain.loss.angularMargin"));
    cases.put(
        "pretrain.loss.positivesCap counts views, two of each image; write an even number",
        List.of("{pretrain: {loss: {positivesCap: 5}}}", "pretrain.loss.positivesCap"));
    cases.put(
        "warmupEpochs is more than epochs; write a smaller one (where it is absent, it is 10)",
        List.of("{pretrain: {epochs: 5}}", "pretrain.warmupEpochs"));
    cases.put(
        "views.cropAreaMin is more than views.cropAreaMax",
        List.of("{views: {cropAreaMax: 0.1}}", "views.cropAreaMin"));
    cases.put(
        "jitterStrength and the probabilities of jitter, grayscale, blur and warp have no meaning"
            + " with this views.policy; remove them",
        List.of("{views: {policy: randAugment, blurProbability: 0.5}}", "views.blurProbability"));
    cases.put(
        "table has no meaning with this views.policy; remove it",
        List.of("{views: {policy: randAugment, table: v0}}", "views.table"));
    cases.put(
        "operations, magnitude and magnitudeStd have no meaning with this views.policy; remove"
            + " them",
        List.of("{views: {policy: autoAugment, magnitude: 5}}", "views.magnitude"));
    cases.put(
        "views.table v0 goes with views.semantics authorsTf, imagenet and cifar10 with torchvision",
        List.of("{views: {policy: autoAugment, table: cifar10}}", "views.semantics"));
    cases.put(
        "views.magnitude is at most 10 with views.semantics authorsTf",
        List.of("{views: {policy: randAugment, magnitude: 11}}", "views.magnitude"));
    cases.put(
        "encoder.stem imagenet needs images of 64 pixels or more; write cifar",
        List.of("{encoder: {stem: imagenet}}", "encoder.stem"));
    cases.put(
        "corruption is defined for images of 32 and of 224 pixels; remove it",
        List.of("{data: {imageSize: 64}, corruption: {}}", "corruption"));
    cases.put(
        "corruption.types has frost, whose photographs are not shipped; remove it",
        List.of("{data: {imageSize: 32}, corruption: {types: [frost]}}", "corruption.types"));
    cases.put(
        "projection has no meaning when pretrain.loss.type is crossEntropy or largeMargin; remove"
            + " it",
        List.of(
            "{projection: {hidden: []}, pretrain: {loss: {type: crossEntropy}}}", "projection"));
    cases.put(
        "an entry of execution.steps names no step of this experiment",
        List.of("{execution: {steps: [{name: transfer-pets, runtime: a}]}}", "execution.steps[0]"));
    cases.put(
        "two data sets to transfer to have the same name; remove one of the two",
        List.of(
            "{transfer: [{data: {name: pets}}, {data: {name: pets, imageSize: 64}}]}",
            "transfer[1].data.name"));
    cases.putAll(optimizations());
    return cases;
  }

  private static Map<String, List<String>> optimizations() {
    Map<String, List<String>> cases = new LinkedHashMap<>();
    cases.put(
        "momentum has no meaning when optimizer.type is adamW; remove it",
        List.of(
            "{pretrain: {optimizer: {type: adamW, momentum: 0.5}}}",
            "pretrain.optimizer.momentum"));
    cases.put(
        "nesterov has a meaning for sgd with a momentum only; remove it",
        List.of(
            "{pretrain: {optimizer: {type: lars, nesterov: true}}}",
            "pretrain.optimizer.nesterov"));
    cases.put(
        "trustCoefficient and larsRule have a meaning for lars only; remove them",
        List.of("{pretrain: {optimizer: {larsRule: article}}}", "pretrain.optimizer.larsRule"));
    cases.put(
        "decay has a meaning for rmsProp only; remove it",
        List.of("{pretrain: {optimizer: {decay: 0.99}}}", "pretrain.optimizer.decay"));
    cases.put(
        "epsilon has a meaning for rmsProp and adamW only; remove it",
        List.of("{pretrain: {optimizer: {epsilon: 0.001}}}", "pretrain.optimizer.epsilon"));
    cases.put(
        "beta1 and beta2 have a meaning for adamW only; remove them",
        List.of("{pretrain: {optimizer: {beta2: 0.99}}}", "pretrain.optimizer.beta2"));
    cases.put(
        "floor has a meaning for cosine and cosineByEpoch only; remove it",
        List.of("{pretrain: {schedule: {type: constant, floor: 0.5}}}", "pretrain.schedule.floor"));
    cases.put(
        "decayEpochs and factor have a meaning for steps only; remove them",
        List.of("{pretrain: {schedule: {decayEpochs: [700]}}}", "pretrain.schedule.decayEpochs"));
    cases.put(
        "steps needs decayEpochs",
        List.of("{pretrain: {schedule: {type: steps}}}", "pretrain.schedule.decayEpochs"));
    cases.put(
        "rate, epochsPerDecay and staircase have a meaning for exponential only; remove them",
        List.of("{pretrain: {schedule: {staircase: false}}}", "pretrain.schedule.staircase"));
    cases.put(
        "an entry of schedule.decayEpochs is not before the last of the epochs",
        List.of(
            "{pretrain: {schedule: {type: steps, decayEpochs: [1000]}}}",
            "pretrain.schedule.decayEpochs[0]"));
    cases.put(
        "schedule.warmupFrom has no meaning when warmupEpochs is 0; remove it",
        List.of(
            "{pretrain: {warmupEpochs: 0, schedule: {warmupFrom: 0.01}}}",
            "pretrain.schedule.warmupFrom"));
    cases.putAll(linearOptimizations());
    return cases;
  }

  private static Map<String, List<String>> linearOptimizations() {
    return Map.of(
        "optimizer.nesterov has a meaning for sgd only; remove it",
        List.of("{linear: {optimizer: {type: lars, nesterov: true}}}", "linear.optimizer.nesterov"),
        "optimizer.nesterov needs a momentum; remove it",
        List.of(
            "{linear: {momentum: 0, optimizer: {nesterov: true}}}", "linear.optimizer.nesterov"),
        "trustCoefficient has a meaning for lars only; remove it",
        List.of(
            "{linear: {optimizer: {trustCoefficient: 0.01}}}", "linear.optimizer.trustCoefficient"),
        "decay and epsilon have a meaning for rmsProp only; remove them",
        List.of("{linear: {optimizer: {epsilon: 1}}}", "linear.optimizer.epsilon"),
        "linear.warmupEpochs is more than linear.epochs; write a smaller one",
        List.of("{linear: {epochs: 10, warmupEpochs: 12}}", "linear.warmupEpochs"));
  }

  private static Set<String> messages(JsonNode schema) {
    Set<String> messages = new TreeSet<>();
    for (JsonNode rules : schema.findValues("x-kubernetes-validations")) {
      rules.forEach(rule -> messages.add(rule.path("message").asText()));
    }
    return messages;
  }

  @Test
  void aNameThatIsNoLabelIsRefused() {
    assertThatThrownBy(() -> create("x".repeat(64), JsonNodeFactory.instance.objectNode()))
        .hasMessageContaining("metadata.name");
    assertThat(create("x".repeat(63), JsonNodeFactory.instance.objectNode())).isNotEmpty();
  }

  @Test
  void aFieldThatIsNotKnownIsRefusedWhereTheClientIsStrict() {
    assertThat(refusal(read("{pretrain: {temperature: 0.5}}"))).contains("pretrain.temperature");
  }

  @Test
  void aSpecThatWasStoredIsTheOneThatWasWritten() throws IOException {
    List<Path> files;
    try (var examples = Files.walk(Path.of("../manifests/experiments"))) {
      files = examples.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }

    for (Path file : files) {
      JsonNode written = YAML.readTree(file.toFile()).path("spec");
      JsonNode stored =
          ContractJson.MAPPER.readTree(create(file.getFileName().toString(), written));
      assertThat(spec(stored.path("spec"))).as(file.toString()).isEqualTo(spec(written));
    }
    assertThat(files).hasSizeGreaterThan(18);
  }

  @Test
  void theStatusStartsAsNotYetObserved() throws IOException {
    create("new", JsonNodeFactory.instance.objectNode());
    JsonNode stored = ContractJson.MAPPER.readTree(client.raw(path + "/new"));

    assertThat(stored.at("/status/observedGeneration").asInt()).isEqualTo(-1);
    assertThat(stored.at("/spec/seed").asInt(-1)).isZero();
  }

  private String refusal(JsonNode spec) {
    KubernetesClientException refused =
        catchThrowableOfType(KubernetesClientException.class, () -> dryRun(spec));
    assertThat(refused).as("%s is accepted", spec).isNotNull();
    return refused.getStatus().getMessage();
  }

  private void dryRun(JsonNode spec) {
    client.raw(path + "?dryRun=All&fieldValidation=Strict", "POST", experiment("dry", spec));
  }

  private String create(String name, JsonNode spec) {
    return client.raw(path, "POST", experiment(name, spec));
  }

  private static String experiment(String name, JsonNode spec) {
    ObjectNode experiment =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", "supcon.dev/v1alpha1")
            .put("kind", "SupConExperiment");
    experiment.putObject("metadata").put("name", name);
    experiment.set("spec", spec);
    return experiment.toString();
  }

  private static List<String> faults(JsonNode spec) {
    return switch (ExperimentRules.check(spec(spec))) {
      case Checked.Accepted ignored -> List.of();
      case Checked.Rejected rejected ->
          rejected.violations().stream().map(Violation::line).toList();
    };
  }

  private static ExperimentSpec spec(JsonNode json) {
    try {
      return ContractJson.MAPPER.treeToValue(json, ExperimentSpec.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode read(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode schema() throws IOException {
    return YAML.readTree(CRD.toFile()).at("/spec/versions/0/schema/openAPIV3Schema");
  }
}
