package dev.supcon.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The plugin, the real kubectl and a real API server ({@code cluster up --control-plane}); the
 * statuses are written by hand.
 */
final class KubectlPluginIT {
  private static final Path STATUSES = Path.of("src/test/resources/kubectl");

  private final String namespace = "it-" + UUID.randomUUID().toString().substring(0, 8);
  @TempDir private Path folder = Path.of("");
  private Plugin plugin = new Plugin(folder, System.getenv("PATH"));

  @BeforeEach
  void open() {
    plugin = new Plugin(folder, System.getenv("PATH"));
    Kubectl.run(
        "apply",
        "--server-side",
        "--force-conflicts",
        "--field-manager=fabric8", // ReconcileIT's, so that both go on one server
        "-f",
        "manifests/crds/supconexperiments.supcon.dev.yaml");
    Kubectl.run("wait", "--for=condition=Established", "crd/supconexperiments.supcon.dev");
    Kubectl.run("create", "namespace", namespace);
  }

  @AfterEach
  void close() {
    Kubectl.run("delete", "namespace", namespace, "--wait=false");
  }

  private void apply(String name) {
    Kubectl.feed(
        """
        apiVersion: supcon.dev/v1alpha1
        kind: SupConExperiment
        metadata: {name: %s, namespace: %s}
        spec: {execution: {queue: supcon, retries: 2}}
        """
            .formatted(name, namespace),
        "apply",
        "-f",
        "-");
  }

  /** With a status of the test's resources. */
  private void apply(String name, String status) {
    apply(name);
    patchStatus(name, "--patch-file=operator/" + STATUSES.resolve(status + ".yaml"));
  }

  private void patchStatus(String name, String what) {
    kubectl("patch", "sce", name, "--subresource=status", "--type=merge", what);
  }

  private String kubectl(String... arguments) {
    return Kubectl.run(
        Stream.concat(Stream.of("-n", namespace), Stream.of(arguments)).toArray(String[]::new));
  }

  private Plugin.Answer run(String line) {
    return plugin.run((line + " -n " + namespace).split(" "));
  }

  private String spec(String name) {
    return kubectl("get", "sce", name, "-o", "jsonpath={.spec}");
  }

  /** Renewed with {@code -Dsupcon.regenerate=true}. */
  @ParameterizedTest
  @ValueSource(strings = {"running", "failed", "succeeded"})
  void aPageIsAsItWasAgreed(String status) throws IOException {
    apply("quickstart", status);
    String page =
        run("status quickstart")
            .out()
            .replace(namespace, "team-a")
            .replaceAll("(made|ended) \\w+ ago", "$1 1h00m ago")
            .replaceAll(" for \\w+:", " for 1h00m:");
    Path agreed = STATUSES.resolve(status + ".txt");
    if (Boolean.getBoolean("supcon.regenerate")) {
      Files.writeString(agreed, page);
    }

    assertThat(page).isEqualTo(Files.readString(agreed));
  }

  @Test
  void anExperimentThatNobodyHasSeenSaysSo() {
    apply("new");

    assertThat(run("status new").out()).contains("not seen by the operator yet", "queue supcon");
  }

  @Test
  void withoutANameThereIsTheList() {
    apply("one");
    apply("two", "running");

    assertThat(run("status").out()).contains("one", "two", "pretrain,transfer-flowers");
    assertThat(run("status two --json").out()).contains("\"kind\": \"SupConExperiment\"");
  }

  @Test
  void aNameThatIsNotThereNamesItsLikes() {
    apply("quickstart");
    Plugin.Answer slip = run("status quikstart");
    Plugin.Answer elsewhere = plugin.run("status", "quickstart", "-n", "default");

    assertThat(slip.code()).isEqualTo(66);
    assertThat(slip.err()).contains("Names like it there: quickstart");
    assertThat(elsewhere.code()).isEqualTo(66);
    assertThat(elsewhere.err()).contains("there is one in: ").contains(namespace);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "status one", "suspend one", "logs one"})
  void whoeverHasNoRightIsToldWhomToAsk(String line) {
    apply("one");
    Plugin.Answer answer = run(line + " --as nobody");

    assertThat(answer.code()).isEqualTo(78);
    assertThat(answer.err()).contains("ask your administrator for the role");
  }

  @Test
  void suspendAndResumeChangeThatAndNothingElse() {
    apply("one");
    String before = spec("one");

    assertThat(run("suspend one").code()).isZero();
    assertThat(spec("one"))
        .isEqualTo(before.replace("\"suspend\":false", "\"suspend\":true"))
        .isNotEqualTo(before);

    assertThat(run("resume one").code()).isZero();
    assertThat(spec("one")).isEqualTo(before);
  }

  @Test
  void aRerunHasTheNextToken() {
    apply("one");
    run("rerun one");
    run("rerun one");

    assertThat(spec("one")).contains("\"rerun\":{\"token\":\"2\"}");
  }

  @Test
  void whatFailedIsTriedAgainWithTheSameSpecOfANewerGeneration() {
    apply("one", "failed");
    String before = spec("one");

    assertThat(run("rerun one --failed").out()).startsWith("Tried again: pretrain");
    assertThat(spec("one")).isEqualTo(before);
    assertThat(kubectl("get", "sce", "one", "-o", "jsonpath={.metadata.generation}"))
        .isEqualTo("3");
  }

  @Test
  void whatArgoCdAppliesIsNotChangedBesideIt() {
    apply("one");
    String before = spec("one");
    kubectl("annotate", "sce", "one", "argocd.argoproj.io/tracking-id=app:supcon.dev/x:y/one");
    Plugin.Answer answer = run("suspend one");

    assertThat(answer.code()).isEqualTo(78);
    assertThat(answer.err()).contains("by Argo CD", "    suspend: true");
    assertThat(spec("one")).isEqualTo(before);
  }

  @Test
  void aWatchEndsWithTheExperiment() throws IOException, InterruptedException {
    apply("one", "running");
    Process watch = plugin.start("status", "one", "-w", "-n", namespace);
    untilSaid("Running: pretrain");
    patchStatus("one", "--patch={\"status\":{\"progressPercent\":77}}");
    untilSaid("77% done");
    patchStatus("one", "--patch-file=operator/" + STATUSES.resolve("succeeded.yaml"));

    assertThat(watch.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(watch.exitValue()).isZero();
    assertThat(plugin.said("out")).contains("one in " + namespace + ": Succeeded");
  }

  @Test
  void aWatchDoesNotEndWithTheResultOfTheSpecBefore() throws IOException, InterruptedException {
    apply("one", "succeeded");
    run("rerun one");
    Process watch = plugin.start("status", "one", "-w", "-n", namespace);
    untilSaid("The spec has changed since");
    assertThat(watch.isAlive()).isTrue();
    patchStatus("one", "--patch={\"status\":{\"observedGeneration\":2,\"result\":\"Failed\"}}");

    assertThat(watch.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(watch.exitValue()).isEqualTo(1);
  }

  private void untilSaid(String words) throws IOException, InterruptedException {
    for (int tenth = 0; tenth < 200 && !plugin.said("out").contains(words); tenth++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(plugin.said("out")).contains(words);
  }

  @Test
  void theLogOfAPodThatHasNotStartedIsNotThere() {
    apply("one", "running");
    Kubectl.feed(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: attempt
          namespace: %s
          labels: {supcon.dev/key: %s, supcon.dev/attempt: "3"}
        spec:
          automountServiceAccountToken: false
          containers: [{name: step, image: example.org/none}]
        """
            .formatted(namespace, "b".repeat(63)),
        "apply",
        "--validate=false",
        "-f",
        "-");
    Plugin.Answer answer = run("logs one");

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("pretrain, attempt 3, has not started");
  }
}
