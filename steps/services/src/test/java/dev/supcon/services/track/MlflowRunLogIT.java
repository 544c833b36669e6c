package dev.supcon.services.track;

import static dev.supcon.services.track.RunLogContract.losses;
import static dev.supcon.services.track.RunLogContract.wholeLosses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.services.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real MLflow server ({@code dev/servers up}), and what only a server can do. */
class MlflowRunLogIT implements RunLogContract {
  private static final String SERVER =
      Objects.requireNonNull(
          System.getenv("MLFLOW_TRACKING_URI"), "run dev/servers up and eval dev/servers env");

  private final String experiment = "it-" + UUID.randomUUID();
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final MlflowReader reader = new MlflowReader(SERVER);
  private final TcpProxy proxy = new TcpProxy(URI.create(SERVER));
  @TempDir private Path outbox = Path.of("");

  @Override
  public RunName name(String plan) {
    return new RunName(experiment, Map.of("supcon.experiment", experiment, "supcon.plan", plan));
  }

  @Override
  public RunLog open(RunName name) {
    return new MlflowRunLog(settings(proxy.url()), name);
  }

  private MlflowSettings settings(String url) {
    return new MlflowSettings(
        url,
        Map.of(),
        outbox,
        UUID.randomUUID().toString(),
        Stores::upload,
        InstantSource.system(),
        notices::add);
  }

  @Override
  public List<Recorded> runs(RunName name) {
    return reader.runs(name);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    reader.close();
  }

  @Test
  void whatIsToldLeavesNoFileAndNoNotice() throws IOException {
    try (RunLog log = open(name("p"))) {
      log.metric("loss", 1, 1, NOW);
      log.end(RunLog.Ending.FINISHED);
    }

    assertThat(files()).isEmpty();
    assertThat(notices).isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(outbox)) {
      return files.toList();
    }
  }

  @Test
  void artifactsGoThroughTheServerWhereItKeepsThem() throws IOException {
    reader.makeExperiment(experiment, "mlflow-artifacts:/" + experiment);

    anArtifactIsTheFileThatWasGiven(Files.createDirectories(outbox.resolve("files")));

    assertThat(notices).isEmpty();
  }

  @Test
  void artifactsThatOnlyTheServerCanWriteAreSaidAndLeft() throws IOException {
    reader.makeExperiment(experiment, outbox.resolve("there").toString());
    try (RunLog log = open(name("p"))) {
      log.artifact("a.txt", Files.writeString(outbox.resolve("a"), "x"));
      log.metric("loss", 1, 1, NOW);
    }

    assertThat(notices).singleElement().asString().contains("--serve-artifacts");
    assertThat(run(name("p")).curve("loss")).hasSize(1);
  }

  @Test
  void anArtifactThatIsGoneHoldsNothingUp() {
    try (RunLog log = open(name("p"))) {
      log.artifact("a.txt", outbox.resolve("none"));
      log.metric("loss", 1, 1, NOW);
    }

    assertThat(notices).singleElement().asString().contains("NoSuchFile");
    assertThat(run(name("p")).curve("loss")).hasSize(1);
  }

  @Test
  void anOutageLosesNothingAndDoublesNothing() {
    RunName name = name("p");
    try (RunLog log = open(name)) {
      RunLog attempt = log.attempt("pretrain", "k", "1");
      losses(attempt, 1, 100);
      until(() -> points(name) == 100);
      proxy.mode(TcpProxy.Mode.CUT);
      losses(attempt, 101, 1200);
      until(() -> !notices.isEmpty());
      losses(attempt, 1201, 1300);
      proxy.mode(TcpProxy.Mode.CARRY);
      until(() -> notices.size() == 2);
      losses(attempt, 1301, 1400);
      attempt.end(RunLog.Ending.FINISHED);
      log.end(RunLog.Ending.FINISHED);
    }

    assertThat(run(name).attempt("pretrain/1").curve("loss")).isEqualTo(wholeLosses(1400));
    assertThat(run(name).attempt("pretrain/1").status()).isEqualTo("FINISHED");
    assertThat(notices.getFirst()).contains(proxy.url(), "later").doesNotContain("\n");
    assertThat(notices.get(1)).contains("answers again");
  }

  private int points(RunName name) {
    return reader.runs(name).stream()
        .flatMap(run -> run.attempts().values().stream())
        .mapToInt(attempt -> attempt.curve("loss").size())
        .sum();
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it did not come to be in a minute").isLessThan(end);
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void whatAProcessCouldNotTellTheNextTells() throws IOException {
    RunName name = name("p");
    Path file = Files.writeString(outbox.resolve("views"), "png");
    proxy.mode(TcpProxy.Mode.CUT);
    try (RunLog log = open(name)) {
      log.params(Map.of("seed", "1"));
      RunLog attempt = log.attempt("pretrain", "k", "1");
      losses(attempt, 1, 2500);
      attempt.artifact("views.png", file);
      attempt.end(RunLog.Ending.FAILED);
    }
    Files.delete(file);
    assertThat(notices.getLast()).contains("by the next run", outbox.toString());
    proxy.mode(TcpProxy.Mode.CARRY);
    open(name("another")).close();

    Recorded run = run(name);
    assertThat(run.params()).containsEntry("seed", "1");
    assertThat(run.attempt("pretrain/1").curve("loss")).isEqualTo(wholeLosses(2500));
    assertThat(run.attempt("pretrain/1").artifacts()).isEqualTo(Map.of("views.png", "png"));
    assertThat(run.attempt("pretrain/1").status()).isEqualTo("FAILED");
    assertThat(files()).isEmpty();
  }

  @Test
  void aRequestWhoseAnswerIsLostLeavesOneTrace() {
    RunName name = name("p");
    proxy.mode(TcpProxy.Mode.LOSE_ANSWERS);
    try (RunLog log = open(name)) {
      RunLog attempt = log.attempt("pretrain", "k", "1");
      losses(attempt, 1, 100);
      until(() -> !notices.isEmpty());
      proxy.mode(TcpProxy.Mode.CARRY);
      until(() -> points(name) == 100);
      proxy.mode(TcpProxy.Mode.LOSE_ANSWERS);
      losses(attempt, 101, 200);
      until(() -> points(name) == 200);
      proxy.mode(TcpProxy.Mode.CARRY);
      losses(attempt, 201, 300);
    }

    assertThat(run(name).attempt("pretrain/1").curve("loss")).isEqualTo(wholeLosses(300));
  }

  @Test
  void aServerThatHangsHoldsNobodyUp() {
    RunName name = name("p");
    proxy.mode(TcpProxy.Mode.STALL);
    try (RunLog log = open(name)) {
      long began = System.nanoTime();
      losses(log, 1, 200_000); // four times what the queue takes
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
      until(() -> !notices.isEmpty());
      assertThat(notices.getFirst()).contains("no answer within 20 s");
      proxy.mode(TcpProxy.Mode.CUT);
    }
  }

  @Test
  void theEndIsWaitedForNotLongerThanHalfAMinute() throws IOException {
    proxy.mode(TcpProxy.Mode.STALL);
    RunLog log = open(name("p"));
    log.metric("loss", 1, 1, NOW);
    until(() -> !notices.isEmpty());
    long began = System.nanoTime();
    log.close();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(32));
    assertThat(notices.getLast()).contains("by the next run");
    assertThat(files()).isNotEmpty();
  }

  @Test
  void credentialsAreNeverSaid() {
    RunName name = name("p");
    String url = proxy.url().replace("//", "//somebody:hunter2@");
    assertThat(settings(url).toString()).doesNotContain("hunter2");
    proxy.mode(TcpProxy.Mode.CUT);
    new MlflowRunLog(settings(url), name).close();

    assertThat(notices).isNotEmpty().allSatisfy(said -> assertThat(said).contains(proxy.url()));
    assertThat(notices).allSatisfy(said -> assertThat(said).doesNotContain("hunter2", "somebody"));
  }

  @Test
  void credentialsGoWithEveryRequest() throws IOException {
    reader.makeExperiment(experiment, "mlflow-artifacts:/" + experiment);
    String url = proxy.url().replace("//", "//somebody:hunter2@");
    try (RunLog log = new MlflowRunLog(settings(url), name("p"))) {
      log.artifact("a.txt", Files.writeString(outbox.resolve("a"), "x"));
    }

    String basic = "Authorization: Basic c29tZWJvZHk6aHVudGVyMg==";
    List<String> requests =
        proxy.requests().lines().filter(line -> line.endsWith(" HTTP/1.1")).toList();
    assertThat(requests).anySatisfy(line -> assertThat(line).contains("PUT "));
    assertThat(proxy.requests().lines().filter(basic::equals)).hasSameSizeAs(requests);
  }

  @Test
  void anAddressThatIsNoneIsRefusedAtOnce() {
    assertThatThrownBy(() -> new MlflowRunLog(settings("localhost:5000"), name("p")))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("http://host:port");
    assertThatThrownBy(() -> new MlflowRunLog(settings("ftp://a:hunter2@x"), name("p")))
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void whatIsNoMlflowServerIsToldNothingAndKept() throws IOException {
    String elsewhere = proxy.url() + "/no/such/place";
    new MlflowRunLog(settings(elsewhere), name("p")).close();

    assertThat(notices.getLast()).contains("HTTP 404", "by the next run");
    assertThat(files()).isNotEmpty();
    open(name("q")).close();
    assertThat(run(name("p")).status()).isEqualTo("RUNNING");
  }

  @Test
  void aDeletedExperimentIsRestored() {
    RunName name = name("p");
    try (RunLog log = open(name)) {
      log.end(RunLog.Ending.FINISHED);
    }
    reader.deleteExperiment(experiment);
    try (RunLog log = open(name)) {
      log.metric("loss", 1, 1, NOW);
    }

    assertThat(run(name).curve("loss")).hasSize(1);
  }
}
