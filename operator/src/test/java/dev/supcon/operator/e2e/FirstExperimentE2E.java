package dev.supcon.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.operator.api.ExperimentStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/first-experiment-on-a-cluster.md, on the cluster of KUBECONFIG. {@code ./supcon e2e} */
final class FirstExperimentE2E {
  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void install() {
    Installation.apply();
  }

  @Test
  void anExperimentThatIsAppliedSucceedsAndLeavesNothingWhenItIsDeleted() throws IOException {
    Experiment first =
        Experiment.apply(
            "first", Files.readString(Path.of("src/test/resources/e2e/experiment.yaml")));
    ExperimentStatus status = first.untilFinished(Duration.ofMinutes(20));

    assertThat(status.result())
        .as("%s", Kubectl.run("-n", Installation.NAMESPACE, "describe", "sce", "first"))
        .isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    assertThat(status.steps())
        .extracting(step -> step.name())
        .contains("augment", "pretrain", "linear", "corruption", "transfer-shapes-novel");
    assertThat(status.metrics())
        .extracting(metric -> metric.name())
        .contains("classifier.test.top1");
    assertThat(
            new Plugin(folder, System.getenv("PATH"))
                .run("logs", "first", "pretrain", "-n", Installation.NAMESPACE)
                .out())
        .contains("INFO  The result is there.");
    first.delete();
  }
}
