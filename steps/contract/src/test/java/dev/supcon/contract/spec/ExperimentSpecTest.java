package dev.supcon.contract.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.supcon.contract.step.ContractJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExperimentSpecTest {

  @Test
  void comesBackFromItsJson() throws JsonProcessingException {
    ExperimentSpec spec =
        SpecText.spec(
            "{seed: 7, linear: {}, corruption: {}, transfer: [{data: {name: pets}}], rerun: {token: b},"
                + " execution: {queue: gpus, steps: [{name: linear, runtime: small}]}}");

    assertThat(ContractJson.read(ContractJson.write(spec), ExperimentSpec.class)).isEqualTo(spec);
  }

  @Test
  void writtenDefaultsAreTheSameAsAbsentOnes() {
    assertThat(SpecText.spec("{pretrain: {loss: {temperature: 0.1}}, transfer: []}"))
        .isEqualTo(SpecText.spec(""));
  }

  /** One stored object that cannot be read would stop the informer for all of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{transfer: [null]}",
        "{corruption: {types: [null, whatever], severities: [null]}}",
        "{linear: {learningRates: [null]}}",
        "{data: null, views: null}",
        "{encoder: {architecture: resnet19, stem: '', precision: int8}}",
        "{pretrain: {loss: {type: hinge, temperature: NaN}}}",
        "{data: {name: '', format: zip, imageSize: -1}}",
        "{execution: {steps: [null, {}], suspend: null, queue: ''}, rerun: {}}",
        "{fieldOfTheFuture: 1}",
      })
  void constructorsNeverThrow(String yaml) {
    assertThat(SpecText.spec(yaml)).isNotNull();
    assertThat(ExperimentRules.check(SpecText.spec(yaml))).isNotNull();
  }

  @Test
  void theLinearStageIsOnForSupConAndOffWherePretrainingClassifies() {
    assertThat(SpecText.accepted("").linear()).isPresent();
    assertThat(SpecText.accepted("{pretrain: {loss: {type: crossEntropy}}}").linear()).isEmpty();
    assertThat(SpecText.accepted("{pretrain: {loss: {type: joint}}}").linear()).isEmpty();
    assertThat(SpecText.accepted("{linear: {}, pretrain: {loss: {type: crossEntropy}}}").linear())
        .isPresent();
  }
}
