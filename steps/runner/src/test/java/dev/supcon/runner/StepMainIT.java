package dev.supcon.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.plan.Planner;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.RunContext;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepOrder;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.loopback.LoopbackS3;
import dev.supcon.runner.local.ExperimentFile;
import dev.supcon.runner.local.Resolution;
import dev.supcon.runner.report.RunResult;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.StepStore;
import dev.supcon.services.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step's process as a pod starts it: against S3, with its data in S3, and killed. */
final class StepMainIT {
  private static final LoopbackS3 SERVER = new LoopbackS3();
  private static final String WHOLE = "s3://store/whole";

  private static final List<String> CHANGES =
      List.of(
          "data={name: tiny, s3: s3://data/tiny, imageSize: 32, holdout: 0.2}",
          "transfer[0].data={name: tiny-again, s3: s3://data/tiny, holdout: 0.2}",
          "pretrain.epochs=60",
          "pretrain.knn.everyEpochs=0");

  @TempDir private static Path shared;
  private static Path file = Path.of("");
  private static Plan plan = new Plan("", List.of());

  @TempDir private Path folder;
  private int pods;

  /** Every step in turn, as pods run them; the others start from what is there then. */
  @BeforeAll
  static void runWhole() throws IOException {
    file = TinyExperiment.write(shared, 40);
    upload(shared.resolve("images"));
    ExperimentFile experiment = ExperimentFile.read(file, CHANGES);
    plan =
        Planner.plan(
            Resolution.of(experiment, Map.of(), SERVER.environment(), shared).experiment());
    for (PlannedStep step : plan.steps()) {
      PodFolder pod =
          PodFolder.make(shared.resolve("uid-" + step.name()), SERVER, WHOLE, step.request());
      try (ChildRun run = pod.start()) {
        assertThat(run.exitCode()).as(step.name() + ": " + run.told() + run.said()).isZero();
      }
    }
  }

  private static void upload(Path images) throws IOException {
    try (Stream<Path> files = Files.walk(images)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        SERVER.overwrite("data/tiny/" + images.relativize(file), Files.readAllBytes(file));
      }
    }
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private PodFolder pod(String store, StepRequest request) throws IOException {
    return PodFolder.make(folder.resolve("uid-" + ++pods), SERVER, store, request);
  }

  private static StepRequest request(String step) {
    return plan.step(step).request();
  }

  private static Lookup.Hit hit(String store, String step) {
    try (ObjectStore opened = Stores.open(store, SERVER.environment())) {
      return (Lookup.Hit) new StepStore(opened, plan.step(step).key()).verify();
    }
  }

  private static String encoder(String store) {
    return hit(store, "pretrain").manifest().report().facts().getOrDefault("encoder.sha256", "");
  }

  @Test
  void allStepsOfAnExperimentRunAndLeaveTheirNumbers() throws IOException {
    assertThat(plan.steps()).hasSize(5);
    for (PlannedStep step : plan.steps()) {
      Lookup.Hit hit = hit(WHOLE, step.name());
      JsonNode last = new PodFolder(shared.resolve("uid-" + step.name()), Map.of()).lastWords();
      assertThat(hit.manifest().attempt()).isEqualTo("uid-" + step.name());
      assertThat(last.path("exitCode").asInt(-1)).isZero();
      hit.manifest()
          .report()
          .metrics()
          .forEach(
              (name, value) ->
                  assertThat(last.path("metrics").path(name).asDouble()).isEqualTo(value));
    }
    assertThat(shared.resolve("uid-pretrain/scratch/uid-pretrain")).doesNotExist();
  }

  @Test
  void theCommandLineMakesTheSameBitsOfTheSameFile() throws IOException {
    List<String> words = new ArrayList<>(List.of("run", file.toString(), "--json"));
    words.addAll(List.of("--runs", folder.resolve("runs").toString()));
    CHANGES.forEach(change -> words.addAll(List.of("--set", change)));
    ProcessBuilder builder =
        new ProcessBuilder(ChildRun.command(folder, words.toArray(String[]::new)));
    builder.environment().putAll(SERVER.environment());
    try (ChildRun run = ChildRun.start(builder, folder)) {
      assertThat(run.exitCode()).as(run.said()).isZero();
      assertThat(run.result().steps())
          .extracting(RunResult.Step::key)
          .containsExactlyElementsOf(plan.steps().stream().map(step -> step.key().hex()).toList());
      assertThat(new StoreFolder(folder.resolve("runs/.store")).pretraining(run.result()))
          .containsEntry("encoder.sha256", encoder(WHOLE));
    }
  }

  @Test
  void aResultThatIsThereIsNotMadeAgain() throws IOException {
    PodFolder pod = pod(WHOLE, request("pretrain"));
    try (ChildRun run = pod.start()) {
      assertThat(run.exitCode()).as(run.told()).isZero();
      assertThat(pod.lastWords().path("message").asText()).contains("was there already");
    }
    assertThat(hit(WHOLE, "pretrain").manifest().attempt()).isEqualTo("uid-pretrain");
  }

  @Test
  void killedItGoesOnInAnotherPodWithTheSameBits() throws IOException {
    String store = withPackedData("killed");
    try (ChildRun killed = pod(store, request("pretrain")).start()) {
      awaitCommits(killed, store, 1);
      killed.kill();
    }
    resumesLikeTheWhole(store);
  }

  @Test
  void askedToEndItSavesEndsWith75AndGoesOnInAnotherPodWithTheSameBits() throws IOException {
    String store = withPackedData("stopped");
    PodFolder pod = pod(store, request("pretrain"));
    try (ChildRun stopped = pod.start()) {
      awaitCommits(stopped, store, 1);
      int before = commits(store).size();
      long began = System.nanoTime();
      stopped.terminate();

      assertThat(stopped.exitCode()).as(stopped.told()).isEqualTo(ExitCode.RESUME.code());
      assertThat((System.nanoTime() - began) / 1e9).isLessThan(20);
      assertThat(commits(store).size()).isGreaterThanOrEqualTo(before);
      assertThat(pod.lastWords().path("exitCode").asInt()).isEqualTo(ExitCode.RESUME.code());
      for (JsonNode line : PodFolder.lines(stopped)) {
        assertThat(line.path("attempt").asText()).isEqualTo("uid-1");
        assertThat(line.path("step").asText()).isEqualTo("pretrain");
        assertThat(line.has("time") && line.has("level") && line.has("message")).isTrue();
      }
    }
    resumesLikeTheWhole(store);
  }

  private static String withPackedData(String name) {
    StepKey data = plan.step("augment").key();
    SERVER.copy("store/whole/steps/" + data, "store/" + name + "/steps/" + data);
    return "s3://store/" + name;
  }

  private static List<String> commits(String store) {
    return SERVER.names(
        store.substring("s3://".length()) + "/steps/" + plan.step("pretrain").key() + "/COMMIT-");
  }

  private static void awaitCommits(ChildRun run, String store, int count) {
    while (commits(store).size() < count) {
      assertThat(run.alive()).as("ended before a checkpoint: " + run.told()).isTrue();
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private void resumesLikeTheWhole(String store) throws IOException {
    assertThat(commits(store)).isNotEmpty();
    try (ChildRun resumed = pod(store, request("pretrain")).start()) {
      assertThat(resumed.exitCode()).as(resumed.told() + resumed.said()).isZero();
      assertThat(resumed.told()).contains("goes on from checkpoint");
    }
    assertThat(encoder(store)).isEqualTo(encoder(WHOLE)).isNotEmpty();
    assertThat(hit(store, "pretrain").manifest().report().facts())
        .containsEntry("bitExact", "true");
  }

  @Test
  void itsRunIsNestedInTheExperimentsWhichIsFoundByItsTags()
      throws IOException, InterruptedException {
    assertThat(MlflowAnswers.SERVER).as("run dev/servers up and eval dev/servers env").isNotEmpty();
    String name = "team/it-" + UUID.randomUUID();
    RunContext context = new RunContext(name, Map.of("supcon.uid", "1-2-3"));
    for (String step : List.of("augment", "linear")) { // the second fails: its input is not there
      PodFolder pod = pod("s3://store/tracked", request(step));
      pod.write("order.json", ContractJson.write(new StepOrder(request(step), context)));
      pod.variables().put("SUPCON_MLFLOW", MlflowAnswers.SERVER);
      try (ChildRun run = pod.start()) {
        run.exitCode();
      }
    }

    List<JsonNode> runs = MlflowAnswers.runs(name);

    JsonNode parent =
        runs.stream()
            .filter(run -> MlflowAnswers.tag(run, "supcon.step").isEmpty())
            .findFirst()
            .orElseThrow();
    assertThat(runs)
        .filteredOn(run -> !run.equals(parent))
        .allSatisfy(
            run ->
                assertThat(MlflowAnswers.tag(run, "mlflow.parentRunId"))
                    .isEqualTo(parent.at("/info/run_id").asText()))
        .extracting(
            run -> MlflowAnswers.tag(run, "supcon.step"),
            run -> MlflowAnswers.tag(run, "supcon.attempt"),
            run -> run.at("/info/status").asText())
        .containsExactlyInAnyOrder(
            tuple("augment", "uid-1", "FINISHED"), tuple("linear", "uid-2", "FAILED"));
    assertThat(MlflowAnswers.tag(parent, "supcon.uid")).isEqualTo("1-2-3");
  }

  @Test
  void aTrackerThatDoesNotAnswerStopsNothing() throws IOException {
    PodFolder pod = pod("s3://store/untracked", request("augment"));
    pod.variables().put("SUPCON_MLFLOW", "http://127.0.0.1:9");
    try (ChildRun run = pod.start()) {
      assertThat(run.exitCode()).as(run.told()).isZero();
      assertThat(run.told()).contains("MLflow at http://127.0.0.1:9 cannot be told now");
    }
  }

  @Test
  void aSecretThatIsMissingIsNamed() throws IOException {
    PodFolder pod = pod("s3://store/empty", request("augment"));
    Files.delete(pod.root().resolve("secrets/s3/secret-key"));

    ends(pod, ExitCode.CONFIGURATION, "supcon-s3", "secret-key");
  }

  @Test
  void aRequestForOtherCodeIsRefused() throws IOException {
    PodFolder pod = pod("s3://store/empty", request("augment"));
    Path order = pod.root().resolve("order.json");
    Files.writeString(
        order, Files.readString(order).replace("\"codeVersion\":1", "\"codeVersion\":999"));

    ends(pod, ExitCode.CONFIGURATION, "code version 999 of augment");
  }

  @Test
  void anOrderThatIsBrokenIsRefused() throws IOException {
    for (String order :
        List.of("", "{", "null", "[1]", "{\"run\": {}}", "{\"request\": {\"kind\": \"bake\"}}")) {
      PodFolder pod = pod("s3://store/empty", request("augment"));
      pod.write("order.json", order);

      ends(pod, ExitCode.USAGE, "The order in", "is broken");
    }
  }

  @Test
  void aVariableThatIsMissingIsNamed() throws IOException {
    PodFolder pod = pod("s3://store/empty", request("augment"));
    pod.variables().remove("SUPCON_STORE");

    ends(pod, ExitCode.USAGE, "SUPCON_STORE");
  }

  @Test
  void anInputThatIsNotDoneIsNamed() throws IOException {
    ends(pod("s3://store/empty", request("linear")), ExitCode.NO_INPUT, "Input", "NoManifest");
  }

  @Test
  void aBucketThatIsNotThereIsNamed() throws IOException {
    ends(
        pod("s3://" + LoopbackS3.NO_BUCKET + "/x", request("augment")),
        ExitCode.CONFIGURATION,
        LoopbackS3.NO_BUCKET);
  }

  @Test
  void dataThatChangedSinceThePlanIsRefused() throws IOException {
    StepRequest.Augment planned = (StepRequest.Augment) request("augment");
    StepRequest other =
        new StepRequest.Augment(
            planned.header(), planned.data(), "0".repeat(64), planned.decoder());

    ends(pod("s3://store/empty", other), ExitCode.DATA, "s3://data/tiny", "has changed");
  }

  private static void ends(PodFolder pod, ExitCode code, String... words) throws IOException {
    try (ChildRun run = pod.start()) {
      assertThat(run.exitCode()).as(run.told() + run.said()).isEqualTo(code.code());
      assertThat(pod.lastWords().path("exitCode").asInt()).isEqualTo(code.code());
      assertThat(pod.lastWords().path("message").asText()).contains(words);
      assertThat(PodFolder.lines(run).getLast().path("level").asText()).isEqualTo("ERROR");
      assertThat(run.told() + run.said()).doesNotContain("supcon-secret").doesNotContain("\tat ");
    }
  }
}
