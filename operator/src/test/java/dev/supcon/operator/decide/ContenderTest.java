package dev.supcon.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepKey;
import dev.supcon.operator.SomePlan;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ContenderTest {
  private static final StepKey A = new StepKey("a".repeat(64));

  @Test
  void whatIsDoneFailedOrHopelessIsNotNeeded() throws JsonProcessingException {
    assertThat(
            of(
                """
                steps:
                - {name: augment, state: Succeeded, key: %s}
                - {name: pretrain, state: Waiting, reason: Dependency, key: %s}
                - {name: linear, state: Waiting, reason: DependencyFailed, key: %s}
                - {name: odd, state: Waiting, key: nonsense}
                """
                    .formatted("1".repeat(64), A, "2".repeat(64))))
        .isEqualTo(Set.of(A));
  }

  @Test
  void whoCannotGoOnLeadsNothing() throws JsonProcessingException {
    String step = "steps: [{name: pretrain, state: Waiting, reason: Store, key: " + A + "}]\n";
    String condition = "conditions: [{type: %s, status: 'True', reason: %s}]\n";

    assertThat(of(step)).isEqualTo(Set.of(A));
    assertThat(of(step + condition.formatted("Finished", "Failed"))).isEmpty();
    assertThat(of(step + condition.formatted("Stalled", "NotConfigured"))).isEmpty();
    assertThat(of(step + condition.formatted("Stalled", "NodeLost"))).isEqualTo(Set.of(A));
    SupConExperiment suspended = experiment(step);
    suspended.setSpec(SomePlan.spec("{execution: {suspend: true}}"));
    assertThat(Contender.of(suspended)).isEmpty();
    SupConExperiment deleted = experiment(step);
    deleted.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    assertThat(Contender.of(deleted)).isEmpty();
  }

  private static Set<StepKey> of(String status) throws JsonProcessingException {
    return Contender.of(experiment(status)).map(Contender::keys).orElse(Set.of());
  }

  private static SupConExperiment experiment(String status) throws JsonProcessingException {
    SupConExperiment experiment = new SupConExperiment();
    experiment.setMetadata(
        new ObjectMetaBuilder()
            .withName("e")
            .withUid("u")
            .withCreationTimestamp("2026-01-01T00:00:00Z")
            .build());
    experiment.setSpec(SomePlan.spec("{}"));
    experiment.setStatus(
        ContractJson.MAPPER.treeToValue(new YAMLMapper().readTree(status), ExperimentStatus.class));
    return experiment;
  }
}
