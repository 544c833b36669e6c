package dev.supcon.contract.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.CheckedExperiment;
import dev.supcon.contract.spec.SpecText;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key depends on, and what it must not. */
final class KeysTest {
  private static final String BASE =
      "{data: {name: pets}, corruption: {}, transfer: [{data: {name: shapes}}]}";
  private static final Path GOLDEN = Path.of("src/test/resources/golden/keys.txt");
  private static final String ALL =
      "augment augment-shapes corruption linear pretrain transfer-shapes";
  private static final String DIGEST =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final String TRAINED = "corruption linear pretrain transfer-shapes";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{seed: 1}                                        | " + TRAINED,
        "{data: {name: pets, path: /elsewhere}}           |",
        "{data: {name: pets, s3: s3://images/pets}}       |",
        "{data: {name: pets, digest: " + DIGEST + "}}   |",
        "{execution: {runtime: large, retries: 9}}        |",
        "{data: {name: pets, imageSize: 224}}             | augment " + TRAINED,
        "{data: {name: pets, holdout: 0.2}}               | augment " + TRAINED,
        "{data: {name: pets, format: cifar10}}            | augment " + TRAINED,
        "{data: {name: pets, subset: {fraction: 0.1}}}    | " + TRAINED,
        "{data: {name: pets, subset: {fraction: 1}}}      |",
        "{data: {name: pets, labelNoise: {fraction: 0.2}}} | " + TRAINED,
        "{data: {name: pets, labelNoise: {fraction: 0}}}  |",
        "{views: {flipProbability: 0}}                    | " + TRAINED,
        "{views: {policy: simAugment, warpProbability: 0}} |",
        "{views: {warpProbability: 0.5}}                  | " + TRAINED,
        "{views: {policy: autoAugment}}                   | " + TRAINED,
        "{views: {policy: randAugment, magnitude: 3}}     | " + TRAINED,
        "{views: {semantics: authorsTf}}                  | " + TRAINED,
        "{encoder: {width: 2}}                            | " + TRAINED,
        "{encoder: {variant: authorsTf}}                  | " + TRAINED,
        "{projection: {dimension: 64}}                    | " + TRAINED,
        "{projection: {normalizeInput: true}}             | " + TRAINED,
        "{pretrain: {loss: {temperature: 0.2}}}           | " + TRAINED,
        "{pretrain: {loss: {positives: inside}}}          | " + TRAINED,
        "{pretrain: {loss: {positivesCap: 2}}}            | " + TRAINED,
        "'{pretrain: {loss: {type: joint}}, linear: {}}'  | " + TRAINED,
        "'{pretrain: {loss: {type: crossEntropy, mixing: {}}}, linear: {}}' | " + TRAINED,
        "{pretrain: {batchSize: 64}}                      | " + TRAINED,
        "{pretrain: {knn: {everyEpochs: 3}}}              | " + TRAINED,
        "{pretrain: {clipNorm: 1}}                        | " + TRAINED,
        "{pretrain: {optimizer: {type: lars}}}            | " + TRAINED,
        "{pretrain: {schedule: {floor: 0.1}}}             | " + TRAINED,
        "{pretrain: {chunkSize: 256}}                     | " + TRAINED,
        "{pretrain: {batches: {composition: shuffled}}}   |",
        "{pretrain: {batches: {composition: classBalanced}}} | " + TRAINED,
        "{pretrain: {devices: 2}}                         | " + TRAINED,
        "{pretrain: {devices: 1}}                         |",
        "{pretrain: {memory: {}}}                         | " + TRAINED,
        "{pretrain: {checkpointSeconds: 7}}               |",
        "{pretrain: {checkpoints: {keepBest: true, keepEveryEpochs: 5}}} |",
        "{pretrain: {nonFiniteBatches: 0}}                |",
        "{linear: {}}                                     |",
        "{linear: {epochs: 3}}                            | corruption linear",
        "{linear: {labelSmoothing: 0.1}}                  | corruption linear",
        "{linear: {normalizeInput: true}}                 | corruption linear",
        "{linear: {schedule: {type: constant}}}           | corruption linear",
        "{corruption: {severities: [1]}}                  | corruption",
        "'{transfer: [{data: {name: shapes}, l2: [1]}]}'  | transfer-shapes",
        "'{transfer: [{data: {name: shapes, holdout: 0.3}}]}' | augment-shapes transfer-shapes",
      })
  void aKeyChangesWithWhatChangesTheOutput(String change, String changed) {
    assertThat(changed(keys(BASE, "d1"), keys(SpecText.merged(BASE, change), "d1")))
        .isEqualTo(words(changed));
  }

  @Test
  void anotherDigestOfTheDataChangesEverythingMadeOfIt() {
    assertThat(changed(keys(BASE, "d1"), keys(BASE, "d2"))).isEqualTo(words("augment " + TRAINED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path: /a                                       | path: /b                    |",
        "path: /a, sha256: " + DIGEST + "               | path: /b                    | " + TRAINED,
        "path: /a, sha256: "
            + DIGEST
            + "               | 's3: s3://bucket/b, sha256: "
            + DIGEST
            + "' |",
        "path: /a                                       | 'path: /a, mean: [0, 0, 0], std: [1, 1,"
            + " 1]' | "
            + TRAINED,
      })
  void initialWeightsAreKnownByTheirDigestNotTheirPlace(
      String before, String after, String changed) {
    assertThat(changed(weighted(before), weighted(after))).isEqualTo(words(changed));
  }

  @Test
  void initialWeightsChangeWhatIsTrainedAndTheRequestSaysWhichTheyAre() {
    assertThat(changed(keys(BASE, "d1"), weighted("path: /a"))).isEqualTo(words(TRAINED));

    var checked = SpecText.accepted("{encoder: {initialWeights: {path: /a}}}");
    Map<String, String> digests = Map.of("shapes", "s", "encoder.initialWeights", DIGEST);
    Plan plan = Planner.plan(new ResolvedExperiment("e", checked, digests, "png"));

    assertThat(ContractJson.write(plan.step("pretrain").request()))
        .contains("\"initialWeights\":{\"path\":\"/a\",\"sha256\":\"" + DIGEST + "\"}");
  }

  private static Map<String, StepKey> weighted(String weights) {
    return keys(SpecText.merged(BASE, "{encoder: {initialWeights: {" + weights + "}}}"), "d1");
  }

  @Test
  void aRerunTokenSparesTheDataOnly() {
    assertThat(
            changed(keys(BASE, "d1"), keys(SpecText.merged(BASE, "{rerun: {token: again}}"), "d1")))
        .isEqualTo(words(TRAINED));
  }

  @Test
  void anotherDecoderIsAnotherKeyWhereSomethingIsDecoded() {
    assertThat(changed(keys(BASE, "d1"), keys(BASE, "d1", "other")))
        .isEqualTo(words("augment " + TRAINED));
  }

  @Test
  void theCodeVersionThatWillRunAStepIsInItsKeyAndItsRequest() {
    var checked = SpecText.accepted("");
    Map<String, String> digests = Map.of("shapes", DIGEST);
    Plan now = Planner.plan(new ResolvedExperiment("a", checked, digests, "x"));
    Plan pinned =
        Planner.plan(
            new ResolvedExperiment("a", checked, digests, "x", Map.of(StepKind.PRETRAIN, 7), 1));

    assertThat(pinned.step("pretrain").request().header().codeVersion()).isEqualTo(7);
    assertThat(pinned.step("pretrain").key()).isNotEqualTo(now.step("pretrain").key());
    assertThat(pinned.step("augment")).isEqualTo(now.step("augment"));
  }

  /** Batch normalisation sees what a device gets. */
  @Test
  void devicesThatAreGivenCountAsIfTheSpecSaidThem() {
    var silent = SpecText.accepted("");
    var two = SpecText.accepted("{pretrain: {devices: 2}}");

    assertThat(onDevices(silent, 2)).isEqualTo(onDevices(two, 1)).isEqualTo(onDevices(two, 4));
    assertThat(onDevices(silent, 1)).isNotEqualTo(onDevices(two, 1));
    assertThat(((StepRequest.Pretrain) onDevices(silent, 2).request()).pretrain().devices())
        .isEqualTo(2);
  }

  private static PlannedStep onDevices(CheckedExperiment checked, int devices) {
    Map<String, String> digests = Map.of("shapes", DIGEST);
    return Planner.plan(new ResolvedExperiment("a", checked, digests, "x", Map.of(), devices))
        .step("pretrain");
  }

  @Test
  void theNameOfTheExperimentIsInNoKey() {
    var checked = SpecText.accepted("");
    Map<String, String> digests = Map.of("shapes", "d");

    assertThat(
            Planner.plan(new ResolvedExperiment("a", checked, digests, "x")).step("linear").key())
        .isEqualTo(
            Planner.plan(new ResolvedExperiment("b", checked, digests, "x")).step("linear").key());
  }

  /** The keys are those of last time: rewritten with -Dsupcon.regenerate only. */
  @Test
  void keysAreStable() throws IOException {
    StringBuilder lines = new StringBuilder();
    keys(Files.readString(Path.of("src/test/resources/golden/spec.yaml")), "0".repeat(64))
        .forEach((step, key) -> lines.append(step).append(' ').append(key).append('\n'));
    if (Boolean.getBoolean("supcon.regenerate")) {
      Files.writeString(GOLDEN, lines);
    }

    assertThat(lines).hasToString(Files.readString(GOLDEN));
  }

  private static Map<String, StepKey> keys(String yaml, String digest) {
    return keys(yaml, digest, "png");
  }

  private static Map<String, StepKey> keys(String yaml, String digest, String decoder) {
    Map<String, StepKey> keys = new TreeMap<>();
    Planner.plan(
            new ResolvedExperiment(
                "e",
                SpecText.accepted(yaml),
                Map.of("pets", digest, "shapes", "s", "encoder.initialWeights", "w"),
                decoder))
        .steps()
        .forEach(step -> keys.put(step.name(), step.key()));
    return keys;
  }

  private static Set<String> changed(Map<String, StepKey> before, Map<String, StepKey> after) {
    assertThat(after.keySet()).isEqualTo(before.keySet()).isEqualTo(words(ALL));
    Set<String> changed = new TreeSet<>(before.keySet());
    changed.removeIf(step -> Objects.equals(before.get(step), after.get(step)));
    return changed;
  }

  private static Set<String> words(@Nullable String text) {
    return text == null ? Set.of() : new TreeSet<>(Set.of(text.trim().split(" ")));
  }
}
