package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.supcon.contract.spec.Violation;
import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExperimentReadingTest {
  private final ObjectMapper mapper = new ObjectMapper();
  private final KubernetesSerialization kubernetes;

  ExperimentReadingTest() {
    new ObjectReading().customize(mapper);
    kubernetes = new ObjectCopies(mapper);
  }

  private SupConExperiment read(String fields) {
    return kubernetes.unmarshal(
        """
        {"apiVersion": "supcon.dev/v1alpha1", "kind": "SupConExperiment", "metadata": {"name": "e"}, %s}
        """
            .formatted(fields.replace('\'', '"')),
        SupConExperiment.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'seed': 'x'}; spec.seed: is 'x'; write a whole number from 0 to 2147483647, such as 0",
        "{'seed': 9223372036854775808}; spec.seed: is 9223372036854775808; write a whole number",
        "{'pretrain': {'epochs': 99999999999}}; spec.pretrain.epochs: is 99999999999; write a"
            + " whole",
        "{'pretrain': {'epochs': 7, 'batchSize': {}}}; spec.pretrain.batchSize: is a mapping; write"
            + " a whole",
        "{'data': 'shapes'}; spec.data: is 'shapes'; write a mapping with name, format",
        "{'data': {'name': [1]}}; spec.data.name: is a list; write at most 63 lower-case letters",
        "{'transfer': {}}; spec.transfer: is a mapping; write a list of 0 to 16 entries",
        "{'transfer': [{}, 'x']}; spec.transfer[1]: is 'x'; write a mapping with data, l2",
        "{'linear': {'learningRates': [1, {}]}}; spec.linear.learningRates[1]: is a mapping; write"
            + " a number",
        "{'execution': {'suspend': 'maybe'}}; spec.execution.suspend: is 'maybe'; write true or"
            + " false",
        "{'encoder': {'stem': {}}}; spec.encoder.stem: is a mapping; write one of cifar, imagenet",
        "7; spec: is 7; write a mapping with seed, data",
        "null; spec: is missing; write a mapping with seed, data",
      })
  void whatNoSpecCanHoldIsNamed(String spec, String line) {
    SupConExperiment experiment = read("'spec': " + spec);

    assertThat(experiment.getSpec()).isNotNull();
    assertThat(experiment.getUnreadable())
        .singleElement()
        .extracting(Violation::line)
        .asString()
        .startsWith(line);
  }

  @Test
  void everyFaultIsNamedAndTheRestIsRead() {
    SupConExperiment experiment =
        read("'spec': {'seed': [], 'data': {'imageSize': 'x', 'name': 'pets'}, 'views': true}");

    assertThat(experiment.getUnreadable())
        .extracting(Violation::path)
        .containsExactlyInAnyOrder("spec.seed", "spec.data.imageSize", "spec.views");
    assertThat(experiment.getSpec().data().name()).isEqualTo("pets");
  }

  @Test
  void aCopyKeepsWhatCouldNotBeRead() {
    SupConExperiment experiment =
        read("'spec': {'seed': 'x'}, 'status': {'observedGeneration': 3}");
    SupConExperiment copy = kubernetes.clone(experiment);

    assertThat(copy).isEqualTo(experiment);
    assertThat(copy.getMetadata()).isNotSameAs(experiment.getMetadata());
    assertThat(copy.getUnreadable()).isEqualTo(experiment.getUnreadable()).hasSize(1);
    assertThat(kubernetes.asJson(read("'spec': {}"))).doesNotContain("unreadable");
  }

  @Test
  void aStatusIsReadAsFarAsItGoes() {
    SupConExperiment experiment =
        read(
            "'spec': {}, 'status': {'observedGeneration': 'x', 'steps': 1, 'conditions':"
                + " [7, {'type': 'Finished', 'status': 'True', 'message': {}}]}");

    assertThat(experiment.getStatus().observedGeneration()).isEqualTo(-1);
    assertThat(experiment.getStatus().condition("Finished").filter(Condition::holds)).isPresent();
    assertThat(experiment.getUnreadable()).isEmpty();
  }

  @Test
  void whoHasTooManyFaultsIsToldTheFirst() {
    String list = "[" + "'z',".repeat(999) + "'z']";

    assertThat(read("'spec': {'linear': {'learningRates': " + list + "}}").getUnreadable())
        .hasSize(20)
        .last()
        .extracting(Violation::path)
        .isEqualTo("spec.linear.learningRates[19]");
  }

  @Test
  void noDepthIsTooDeep() throws JsonProcessingException {
    String deep = "[".repeat(9_000) + "]".repeat(9_000);

    assertThat(read("'spec': {'seed': " + deep + "}").getUnreadable()).hasSize(1);
  }
}
