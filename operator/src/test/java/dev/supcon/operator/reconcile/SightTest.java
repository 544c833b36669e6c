package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import org.junit.jupiter.api.Test;

final class SightTest {
  private static final Pod POD =
      new PodBuilder()
          .withNewMetadata()
          .withUid("u")
          .addToFinalizers("batch.kubernetes.io/job-tracking")
          .withResourceVersion("1")
          .endMetadata()
          .withNewSpec()
          .endSpec()
          .withNewStatus()
          .withPhase("Running")
          .endStatus()
          .build();
  private static final Job JOB =
      new JobBuilder()
          .withNewMetadata()
          .withUid("u")
          .withResourceVersion("1")
          .endMetadata()
          .withNewSpec()
          .endSpec()
          .withNewStatus()
          .withActive(1)
          .endStatus()
          .build();

  @Test
  void theJobControllersBooksWakeNobody() {
    Pod counted =
        POD.edit().editMetadata().withFinalizers().withResourceVersion("2").endMetadata().build();
    Job counting =
        JOB.edit()
            .editMetadata()
            .withResourceVersion("2")
            .endMetadata()
            .editStatus()
            .withReady(1)
            .withStartTime("2026-01-01T00:00:00Z")
            .addNewCondition()
            .withType("SuccessCriteriaMet")
            .endCondition()
            .withNewUncountedTerminatedPods()
            .endUncountedTerminatedPods()
            .endStatus()
            .build();

    assertThat(Sight.changed(counted, POD)).isFalse();
    assertThat(Sight.changed(counting, JOB)).isFalse();
  }

  @Test
  void whatAPodDoesIsSeen() {
    Pod ended = POD.edit().editStatus().withPhase("Succeeded").endStatus().build();
    Pod bound = POD.edit().editSpec().withNodeName("n").endSpec().build();
    Pod deleted =
        POD.edit()
            .editMetadata()
            .withDeletionTimestamp("2026-01-01T00:00:00Z")
            .endMetadata()
            .build();

    assertThat(Sight.changed(ended, POD)).isTrue();
    assertThat(Sight.changed(bound, POD)).isTrue();
    assertThat(Sight.changed(deleted, POD)).isTrue();
  }

  @Test
  void theEndAndTheSuspensionOfAJobAreSeen() {
    Job ended =
        JOB.edit()
            .editStatus()
            .addNewCondition()
            .withType("Complete")
            .endCondition()
            .endStatus()
            .build();
    Job suspended = JOB.edit().editSpec().withSuspend(true).endSpec().build();

    assertThat(Sight.changed(ended, JOB)).isTrue();
    assertThat(Sight.changed(suspended, JOB)).isTrue();
  }

  @Test
  void anotherObjectOfTheSameNameIsSeen() {
    assertThat(Sight.changed(POD.edit().editMetadata().withUid("v").endMetadata().build(), POD))
        .isTrue();
  }
}
