package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.StepKey;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.observe.ClusterView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JobEndsTest {
  private static final StepKey KEY = new StepKey("0123456789abcdef".repeat(4));

  private static Job job(String type, String at) {
    return new JobBuilder()
        .withNewMetadata()
        .withName("j")
        .addToLabels(Labels.KEY, Labels.key(KEY.hex()))
        .endMetadata()
        .withNewStatus()
        .addNewCondition()
        .withType(type)
        .withStatus("True")
        .withLastTransitionTime(at)
        .endCondition()
        .endStatus()
        .build();
  }

  private static Pod pod(String at) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("p")
        .addToLabels(Labels.KEY, Labels.key(KEY.hex()))
        .endMetadata()
        .withNewStatus()
        .addNewContainerStatus()
        .withNewState()
        .withNewTerminated()
        .withFinishedAt(at)
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  @Test
  void theLastEndOfAKeyCounts() {
    JobEnds ends =
        JobEnds.of(
            new ClusterView(
                List.of(
                    job("Failed", "2026-01-01T00:00:05Z"), job("Complete", "2026-01-01T00:00:09Z")),
                List.of()));

    assertThat(ends.newest(KEY)).contains(Instant.parse("2026-01-01T00:00:09Z"));
  }

  @Test
  void aPodThatEndsAfterItsJobsConditionCountsToo() {
    JobEnds ends =
        JobEnds.of(
            new ClusterView(
                List.of(job("Failed", "2026-01-01T00:00:05Z")),
                List.of(pod("2026-01-01T00:00:07Z"))));

    assertThat(ends.newest(KEY)).contains(Instant.parse("2026-01-01T00:00:07Z"));
  }

  @Test
  void aJobThatIsBeingToldToFailHasNotEnded() {
    assertThat(JobEnds.end(job("FailureTarget", "2026-01-01T00:00:05Z"))).isEmpty();
  }

  @Test
  void aTimeThatIsNoneIsLongAgo() {
    assertThat(JobEnds.end(job("Failed", "yesterday"))).contains(Instant.EPOCH);
  }
}
