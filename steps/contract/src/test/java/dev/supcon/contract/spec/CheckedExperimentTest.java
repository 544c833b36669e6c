package dev.supcon.contract.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CheckedExperimentTest {

  @Test
  void everyDataSetHasItsPlaceInTheSpec() {
    CheckedExperiment checked =
        SpecText.accepted("{transfer: [{data: {name: pets}}, {data: {name: cars}}]}");

    assertThat(checked.dataSets())
        .extracting(checked::pathOf)
        .containsExactly("spec.data", "spec.transfer[0].data", "spec.transfer[1].data");
  }
}
