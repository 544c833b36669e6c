package dev.supcon.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.services.store.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault strikes a step that acts, on a real node; the experiment must end as if nothing had
 * happened. A word of {@code rerun.token} computes the same again under another key. What was
 * struck, when, and what became of it stands in {@code target/faults.txt}.
 */
final class FaultsE2E {
  private static final Path REPORT = Path.of("target/faults.txt");
  private static final String CAMPAIGN = UUID.randomUUID().toString().substring(0, 8);
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final TrackedRuns RUNS = new TrackedRuns();
  private static Acting acting = new Acting();
  private static String undisturbed = "";

  @BeforeAll
  static void install() throws IOException {
    Installation.apply();
    Files.deleteIfExists(REPORT);
    Experiment calm = applied("calm");
    calm.untilFinished(LIMIT);
    undisturbed = calm.encoder();
    report("undisturbed: encoder " + undisturbed);
    calm.delete();
  }

  @AfterAll
  static void close() {
    acting.close();
  }

  /** By {@code -Dsupcon.faults=EVICTED,S3_STOPPED} and {@code -Dsupcon.times=3}. */
  static Stream<Arguments> faults() {
    List<String> wanted = List.of(System.getProperty("supcon.faults", "").split(","));
    return IntStream.rangeClosed(1, Integer.getInteger("supcon.times", 1))
        .boxed()
        .flatMap(
            time ->
                Arrays.stream(Fault.values())
                    .filter(fault -> wanted.contains("") || wanted.contains(fault.name()))
                    .map(fault -> Arguments.of(fault, time)));
  }

  @ParameterizedTest(name = "{0}, time {1}")
  @MethodSource("faults")
  void theExperimentEndsAsIfNothingHadHappened(Fault fault, int time) throws IOException {
    Experiment struck =
        applied(fault.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + time);
    StepStatus before = struck.until(LIMIT, FaultsE2E::pretrains).step("pretrain").orElseThrow();
    Progress progress = struck.progress(before.key(), 0.15, LIMIT);
    Acting.Time pod = acting.of(before.key()).getLast();
    Instant from = Instant.now();
    fault.strike(podName(before), before.job());
    Instant to = Instant.now();
    ExperimentStatus after = struck.untilFinished(LIMIT);
    StepStatus step = after.step("pretrain").orElseThrow();

    report(
        "%s, time %d: struck %s to %s, pod %s acting since %s at %.0f %%; then pods %s; attempts %s; encoder %s"
            .formatted(
                fault,
                time,
                from,
                to,
                pod.pod(),
                pod.from(),
                100 * progress.fraction(),
                acting.of(before.key()),
                step.attempts(),
                struck.encoder()));
    assertThat(acting.of(before.key()).stream().filter(one -> one.pod().equals(pod.pod())))
        .as("it struck a pod that acted")
        .allMatch(one -> one.at(from));
    assertThat(progress.attempt()).isEqualTo(pod.pod());
    assertThat(after.result()).isEqualTo(ExperimentStatus.Result.SUCCEEDED);
    assertThat(struck.encoder()).isEqualTo(undisturbed);
    assertThat(acting.overlaps(before.key())).isEmpty();
    assertThat(step.attempts().preemptions()).isEqualTo(fault.preemptions);
    assertThat(step.attempts().failures()).isEqualTo(fault.failures);
    nothingIsLeft(struck);
  }

  /** Also of what is told MLflow a moment later. */
  private static void nothingIsLeft(Experiment experiment) {
    experiment.until(Duration.ofMinutes(2), status -> Experiment.holds(status, "TrackingSynced"));
    assertThat(RUNS.running(tracked(experiment))).isEmpty();
    experiment.delete();
    assertThat(RUNS.running(tracked(experiment))).isEmpty();
  }

  private static String tracked(Experiment experiment) {
    return Installation.NAMESPACE + "/" + experiment.name();
  }

  private static boolean pretrains(ExperimentStatus status) {
    return status
        .step("pretrain")
        .filter(step -> step.state() == StepStatus.State.RUNNING)
        .isPresent();
  }

  private static String podName(StepStatus step) {
    String label = "batch.kubernetes.io/job-name=" + step.job();
    String name = "jsonpath={.items[0].metadata.name}";
    return Kubectl.run("-n", Installation.NAMESPACE, "get", "pods", "-l", label, "-o", name);
  }

  private static Experiment applied(String name) throws IOException {
    String manifest = Files.readString(Path.of("src/test/resources/e2e/struck.yaml"));
    return Experiment.apply(
        name, manifest.replace("NAME", name).replace("TOKEN", name + "-" + CAMPAIGN));
  }

  private static void report(String line) throws IOException {
    Files.writeString(
        REPORT,
        line + System.lineSeparator(),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
