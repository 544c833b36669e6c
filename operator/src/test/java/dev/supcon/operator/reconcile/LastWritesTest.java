package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.ContractJson;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LastWritesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final LastWrites writes = new LastWrites();

  private static SupConExperiment experiment(String name, String version) {
    SupConExperiment experiment = new SupConExperiment();
    experiment.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace("team-a")
            .withResourceVersion(version)
            .build());
    return experiment;
  }

  private static Subject subject(SupConExperiment experiment) {
    return Subject.of(experiment, NOW);
  }

  private static ExperimentStatus status(String json) {
    try {
      return ContractJson.read(json.replace('\'', '"'), ExperimentStatus.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatWasWrittenIsReadUntilTheCacheShowsIt() {
    SupConExperiment read = experiment("one", "9");
    SupConExperiment written = experiment("one", "10");
    SupConExperiment later = experiment("one", "11");
    assertThat(writes.newest(read)).isSameAs(read);
    writes.wrote(subject(read), written);

    assertThat(writes.newest(read)).isSameAs(written);
    assertThat(writes.newest(later)).isSameAs(later);
    assertThat(writes.newest(read)).as("the cache has shown it").isSameAs(read);
  }

  @Test
  void ofAnExperimentThatIsGoneNothingIsKept() {
    SupConExperiment read = experiment("one", "9");
    writes.wrote(subject(read), experiment("one", "10"));
    writes.forget(subject(read).id());

    assertThat(writes.newest(read)).isSameAs(read);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "20, 4", "50, 10", "1000, 60"})
  void progressWaitsTheLongerTheMoreAreOnTheirWay(int experiments, int seconds) {
    for (int number = 0; number < experiments; number++) {
      SupConExperiment one = experiment("e" + number, "1");
      one.setStatus(status("{'steps': [{'name': 'pretrain', 'state': 'Running'}]}"));
      writes.wrote(subject(one), one);
      SupConExperiment idle = experiment("idle-" + number, "1");
      idle.setStatus(status("{'steps': [{'name': 'pretrain', 'state': 'Waiting'}]}"));
      writes.wrote(subject(idle), idle);
    }
    assertThat(writes.later(subject(experiment("e0", "1")), status("{'progressPercent': 7}")))
        .contains(NOW.plusSeconds(seconds));
  }

  @Test
  void anEndIsWrittenAtOnceAndSoIsTheFirstStatus() {
    SupConExperiment one = experiment("one", "1");
    assertThat(writes.later(subject(one), status("{'progressPercent': 7}"))).isEmpty();
    writes.wrote(subject(one), one);

    assertThat(writes.later(subject(one), status("{'result': 'Failed'}"))).isEmpty();
    assertThat(writes.later(subject(one), ExperimentStatus.UNSEEN)).as("nothing new").isEmpty();
  }
}
