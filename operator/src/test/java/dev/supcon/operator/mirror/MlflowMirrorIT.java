package dev.supcon.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.RunContext;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.services.store.MetricParts;
import dev.supcon.services.store.MetricPoint;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Outcome;
import dev.supcon.services.store.StepStore;
import dev.supcon.services.store.Stores;
import dev.supcon.services.track.MlflowReader;
import dev.supcon.services.track.MlflowRunLog;
import dev.supcon.services.track.MlflowSettings;
import dev.supcon.services.track.Recorded;
import dev.supcon.services.track.RunLog;
import dev.supcon.services.track.RunName;
import dev.supcon.services.track.TcpProxy;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside pods that tell their own runs, on a real MLflow server ({@code dev/servers up}). */
final class MlflowMirrorIT {
  private static final String SERVER =
      Objects.requireNonNull(
          System.getenv("MLFLOW_TRACKING_URI"), "run dev/servers up and eval dev/servers env");
  private static final ResourceID ANNA = new ResourceID("anna", "team");
  private static final StepKey KEY = new StepKey("0123456789abcdef".repeat(4));

  private final RunContext run =
      new RunContext(
          "team/it-" + UUID.randomUUID(), Map.of("supcon.uid", "u1", "supcon.plan", "p1"));
  private final RunName name = new RunName(run.experiment(), run.tags());
  private final Queue<String> notices = new ConcurrentLinkedQueue<>();
  private final MlflowReader reader = new MlflowReader(SERVER);
  private final TcpProxy proxy = new TcpProxy(URI.create(SERVER));
  private final Woken woken = new Woken();
  @TempDir private Path folder = Path.of("");

  private final Mirror mirror =
      new Mirror(
          new MirrorSettings(
              Path.of("none"),
              InstantSource.system(),
              woken::wake,
              (system, outcome, took) -> {},
              (namespace, pod) -> Optional.empty(),
              notices::add));

  private RunWish wish(Map<String, Double> metrics, List<EndedAttempt> attempts) {
    return wish(metrics, attempts, RunWish.End.RUNNING);
  }

  private RunWish wish(Map<String, Double> metrics, List<EndedAttempt> attempts, RunWish.End end) {
    return new RunWish(
        run,
        Map.of("seed", "7"),
        Map.of("supcon.namespace", "team"),
        metrics,
        attempts,
        Set.of("pod-9"),
        end);
  }

  private Whereabouts tenant() {
    return new Whereabouts("team", folder.resolve("store").toString(), "", proxy.url());
  }

  @AfterEach
  void close() throws IOException {
    mirror.close();
    proxy.close();
    reader.close();
    assertThat(notices).isEmpty();
  }

  private String tell(RunWish wish) {
    while (true) {
      if (mirror.track(ANNA, tenant(), wish) instanceof Told.Synced synced) {
        return synced.page().url();
      }
      woken.next();
    }
  }

  @Test
  void theOperatorsPartAndThePodsPartAreOneRun() {
    String page = tell(wish(Map.of(), List.of()));
    try (RunLog pod = pod()) {
      RunLog attempt = pod.attempt("pretrain", KEY.hex(), "pod-1");
      attempt.metric("loss", 1, 2.0, 1000);
      attempt.end(RunLog.Ending.FINISHED);
    }
    tell(wish(Map.of("knn.test.top1", 0.5), List.of(), RunWish.End.FINISHED));

    Recorded told = only();
    assertThat(page).startsWith(proxy.url() + "/#/experiments/");
    assertThat(told.status()).isEqualTo("FINISHED");
    assertThat(told.params()).containsEntry("seed", "7");
    assertThat(told.curve("knn.test.top1")).hasSize(1);
    assertThat(told.attempt("pretrain/pod-1").status()).isEqualTo("FINISHED");
  }

  private RunLog pod() {
    return new MlflowRunLog(
        new MlflowSettings(
            SERVER,
            Map.of(),
            folder.resolve("outbox"),
            UUID.randomUUID().toString(),
            Stores::upload,
            InstantSource.system(),
            notice -> {}),
        name);
  }

  private Recorded only() {
    List<Recorded> runs = reader.runs(name);
    assertThat(runs).hasSize(1);
    return runs.getFirst();
  }

  @Test
  void theRunOfAPodThatDiedIsEnded() {
    try (RunLog pod = pod()) {
      pod.attempt("pretrain", KEY.hex(), "pod-1").metric("loss", 1, 2.0, 1000);
    }
    try (RunLog pod = pod()) {
      pod.attempt("linear", KEY.hex(), "pod-2").metric("loss", 1, 2.0, 1000);
    }
    assertThat(only().attempt("pretrain/pod-1").status()).isEqualTo("RUNNING");
    tell(
        wish(
            Map.of(),
            List.of(
                new EndedAttempt("pretrain", KEY, "pod-1", EndedAttempt.How.KILLED),
                new EndedAttempt("linear", KEY, "pod-2", EndedAttempt.How.FAILED))));

    assertThat(only().status()).isEqualTo("RUNNING");
    assertThat(only().attempt("pretrain/pod-1").status()).isEqualTo("KILLED");
    assertThat(only().attempt("linear/pod-2").status()).isEqualTo("FAILED");
  }

  @Test
  void theRunOfAPodThatIsGoneIsKilledAndThatOfALiveOneIsNot() {
    try (RunLog pod = pod()) {
      pod.attempt("pretrain", KEY.hex(), "pod-8");
      pod.attempt("linear", KEY.hex(), "pod-9");
    }
    tell(wish(Map.of(), List.of()));

    assertThat(only().attempt("pretrain/pod-8").status()).isEqualTo("KILLED");
    assertThat(only().attempt("linear/pod-9").status()).isEqualTo("RUNNING");
  }

  @Test
  void noRunStaysOpenWhenTheExperimentEnds() {
    try (RunLog pod = pod()) {
      pod.attempt("pretrain", KEY.hex(), "pod-9").metric("loss", 1, 2.0, 1000);
    }
    tell(wish(Map.of(), List.of(), RunWish.End.KILLED));

    assertThat(only().status()).isEqualTo("KILLED");
    assertThat(only().attempt("pretrain/pod-9").status()).isEqualTo("KILLED");
  }

  @Test
  void whatAPodCouldNotTellIsToldFromTheStore() throws IOException {
    publishWithCurve("pod-1", 1500);
    try (RunLog pod = pod()) {
      RunLog attempt = pod.attempt("pretrain", KEY.hex(), "pod-1");
      for (int step = 1; step <= 700; step++) {
        attempt.metric("loss", step, 1.0 / step, step);
      }
    }
    tell(
        wish(
            Map.of(),
            List.of(new EndedAttempt("pretrain", KEY, "pod-1", EndedAttempt.How.SUCCEEDED))));

    Recorded attempt = only().attempt("pretrain/pod-1");
    assertThat(attempt.status()).isEqualTo("FINISHED");
    assertThat(attempt.curve("knn.test.top1")).hasSize(1);
    assertThat(attempt.curve("loss")).hasSize(1500).doesNotHaveDuplicates();
  }

  private void publishWithCurve(String attempt, int length) throws IOException {
    Path files = Files.createDirectories(folder.resolve("result"));
    Files.writeString(files.resolve("encoder"), "weights");
    try (ObjectStore store = Stores.open(tenant().store())) {
      MetricParts parts = new MetricParts(store, KEY, attempt);
      for (int step = 1; step <= length; step++) {
        parts.add(new MetricPoint("loss", step, 1.0 / step, step));
      }
      StepReport report =
          new StepReport(StepKind.PRETRAIN, Map.of("knn.test.top1", 0.5), Map.of(), 1.0);
      new StepStore(store, KEY)
          .publish(attempt, files, new Outcome(report, Map.of(), parts.write("end")));
    }
  }

  @Test
  void anOutageIsSaidAndToldAfterwards() {
    proxy.mode(TcpProxy.Mode.CUT);
    mirror.track(ANNA, tenant(), wish(Map.of(), List.of()));
    woken.next();
    assertThat(mirror.track(ANNA, tenant(), wish(Map.of(), List.of())))
        .isInstanceOfSatisfying(
            Told.Behind.class,
            behind -> {
              assertThat(behind.reason().why()).isEqualTo(Unknown.Why.UNREACHABLE);
              assertThat(behind.reason().detail()).contains(proxy.url());
            });
    proxy.mode(TcpProxy.Mode.CARRY);
    tell(wish(Map.of("knn.test.top1", 0.5), List.of()));

    assertThat(only().curve("knn.test.top1")).hasSize(1);
  }

  @Test
  void anOperatorThatStartsAgainLeavesOneTrace() {
    RunWish wish =
        wish(
            Map.of("knn.test.top1", 0.5),
            List.of(new EndedAttempt("pretrain", KEY, "pod-1", EndedAttempt.How.KILLED)),
            RunWish.End.FINISHED);
    tell(wish);
    mirror.forget(ANNA);
    tell(wish);

    assertThat(only().curve("knn.test.top1")).hasSize(1);
    assertThat(only().attempts()).isEmpty();
  }
}
