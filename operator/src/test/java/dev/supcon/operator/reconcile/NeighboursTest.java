package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepKey;
import dev.supcon.operator.SomePlan;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NeighboursTest implements Neighbours.Cluster {
  private static final Plan PLAN = SomePlan.of("{}");

  private final Neighbours neighbours = new Neighbours();
  private final List<SupConExperiment> cached = new ArrayList<>();
  private final Set<String> deleted = new HashSet<>();

  @Override
  public List<SupConExperiment> experiments() {
    return cached;
  }

  @Override
  public boolean stays(ResourceID id, String uid) {
    return !deleted.contains(uid);
  }

  private static SupConExperiment experiment(String name, String uid, int second, String state) {
    SupConExperiment experiment = new SupConExperiment();
    experiment.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace("team-a")
            .withUid(uid)
            .withCreationTimestamp("2026-01-01T00:00:%02dZ".formatted(second))
            .build());
    experiment.setSpec(SomePlan.spec("{}"));
    experiment.setStatus(status(state));
    return experiment;
  }

  private static ExperimentStatus status(String state) {
    try {
      return ContractJson.read(
          "{\"steps\": [{\"name\": \"augment\", \"state\": \"%s\", \"key\": \"%s\"}]}"
              .formatted(state, first().hex()),
          ExperimentStatus.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static StepKey first() {
    return PLAN.steps().stream().map(PlannedStep::key).findFirst().orElseThrow();
  }

  private String leader(SupConExperiment of) {
    return neighbours.leaders(Subject.of(of, Instant.EPOCH), PLAN, this).getOrDefault(first(), "");
  }

  @Test
  void theOldestLeadsAndTheUidDecidesATie() {
    SupConExperiment me = experiment("me", "5", 10, "Running");
    SupConExperiment twin = experiment("twin", "4", 10, "Waiting");
    SupConExperiment older = experiment("older", "9", 7, "Waiting");
    SupConExperiment elsewhere = experiment("elsewhere", "0", 1, "Running");
    elsewhere.getMetadata().setNamespace("team-b");
    for (SupConExperiment one :
        List.of(me, elsewhere, twin, experiment("younger", "1", 11, "Running"))) {
      neighbours.decided(one);
    }

    assertThat(leader(me)).isEqualTo("twin");
    neighbours.decided(older);
    assertThat(leader(me)).isEqualTo("older");
    assertThat(leader(older)).isEmpty();
  }

  @Test
  void whoIsBeingDeletedLeadsNobody() {
    SupConExperiment me = experiment("me", "5", 10, "Waiting");
    neighbours.decided(experiment("older", "9", 7, "Running"));
    neighbours.decided(experiment("old", "8", 8, "Waiting"));
    deleted.add("9");

    assertThat(leader(me)).isEqualTo("old");
  }

  @Test
  void whatWasDecidedBeforeThisOperatorLivedTheStatusesSay() {
    cached.add(experiment("older", "9", 7, "Running"));
    neighbours.decided(experiment("oldest", "8", 1, "Succeeded"));
    cached.add(experiment("oldest", "8", 1, "Running")); // as the cache still shows it

    assertThat(leader(experiment("me", "5", 10, "Waiting"))).isEqualTo("older");
  }

  @Test
  void whatIsNotNeededAnyMoreOthersMayLead() {
    String label = Labels.key(first().hex());
    SupConExperiment me = experiment("me", "5", 10, "Waiting");
    assertThat(neighbours.decided(experiment("older", "9", 7, "Running"))).isEmpty();
    assertThat(neighbours.decided(experiment("older", "9", 7, "Succeeded"))).containsExactly(label);
    assertThat(leader(me)).isEmpty();

    assertThat(neighbours.decided(me)).isEmpty();
    assertThat(neighbours.gone(me)).containsExactly(label);
    assertThat(neighbours.gone(me)).isEmpty();
  }
}
