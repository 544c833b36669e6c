package dev.supcon.contract.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.supcon.contract.spec.SpecText;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepRequest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PlannerTest {

  static Plan plan(String yaml) {
    return Planner.plan(
        new ResolvedExperiment(
            "e",
            SpecText.accepted(yaml),
            Map.of("shapes", "d1", "shapes-novel", "d2", "pets", "d3", "alias", "d1"),
            "decoder"));
  }

  @ParameterizedTest
  @MethodSource
  void stepsFollowFromTheSpec(String yaml, String steps) {
    assertThat(
            plan(yaml).steps().stream()
                .map(step -> step.name() + step.dependsOn())
                .reduce("", (all, step) -> all + " " + step)
                .trim())
        .isEqualTo(steps);
  }

  static Stream<Arguments> stepsFollowFromTheSpec() {
    return Stream.of(
        arguments("", "augment[] pretrain[augment] linear[augment, pretrain]"),
        arguments("{pretrain: {loss: {type: crossEntropy}}}", "augment[] pretrain[augment]"),
        arguments(
            "{pretrain: {loss: {type: crossEntropy}}, corruption: {}}",
            "augment[] pretrain[augment] corruption[augment, pretrain]"),
        arguments(
            "{corruption: {}}",
            "augment[] pretrain[augment] linear[augment, pretrain]"
                + " corruption[augment, linear, pretrain]"),
        arguments(
            "{transfer: [{data: {name: pets}}]}",
            "augment[] pretrain[augment] linear[augment, pretrain] augment-pets[]"
                + " transfer-pets[augment-pets, pretrain]"),
        arguments(
            "{transfer: [{data: {name: shapes}}]}",
            "augment[] pretrain[augment] linear[augment, pretrain]"
                + " transfer-shapes[augment, pretrain]"),
        arguments(
            "{transfer: [{data: {name: alias, format: shapes}}]}",
            "augment[] pretrain[augment] linear[augment, pretrain]"
                + " transfer-alias[augment, pretrain]"));
  }

  @Test
  void theClassifierIsTheLinearStagesOrCrossEntropysOwn() {
    Plan supCon = plan("{corruption: {}}");
    Plan crossEntropy = plan("{corruption: {}, pretrain: {loss: {type: crossEntropy}}}");

    assertThat(supCon.step("corruption").request().header().inputs())
        .containsEntry("classifier", supCon.step("linear").key());
    assertThat(crossEntropy.step("corruption").request().header().inputs())
        .containsEntry("classifier", crossEntropy.step("pretrain").key());
  }

  @Test
  void transferReadsTheOtherDataSet() {
    Plan plan = plan("{transfer: [{data: {name: pets}}]}");

    assertThat(plan.step("transfer-pets").request().header().inputs())
        .isEqualTo(
            Map.of(
                "data", plan.step("augment-pets").key(), "encoder", plan.step("pretrain").key()));
  }

  @Test
  void theSplitDoesNotKnowTheSeed() {
    assertThat(plan("{seed: 5}").step("augment").request())
        .isEqualTo(plan("{seed: 6}").step("augment").request())
        .isInstanceOfSatisfying(
            StepRequest.Augment.class, augment -> assertThat(augment.digest()).isEqualTo("d1"));
  }

  @Test
  void allSubsetsShareOnePackingWhichDoesNotKnowThem() {
    Plan whole = plan("{corruption: {}}");
    Plan part = plan("{corruption: {}, data: {subset: {fraction: 0.1}}}");

    assertThat(part.step("augment")).isEqualTo(whole.step("augment"));
    assertThat(part.step("pretrain").request())
        .isInstanceOfSatisfying(
            StepRequest.Pretrain.class,
            pretrain ->
                assertThat(ContractJson.write(pretrain))
                    .contains("\"data\":{\"subset\":{\"fraction\":0.1,\"seed\":0}}"));
    assertThat(ContractJson.write(whole.step("pretrain").request())).doesNotContain("\"subset\"");
  }
}
