package dev.supcon.operator.e2e;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.operator.decide.Failure;
import dev.supcon.operator.status.ConditionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** kubectl's plugin with a kubectl that is played; {@link KubectlPluginIT} has the real one. */
final class KubectlPluginTest {
  @TempDir private Path folder = Path.of("");

  /** It notes what it is asked, and gives the answer or the error that lies beside it. */
  @BeforeEach
  void playKubectl() throws IOException {
    Path kubectl =
        Files.writeString(
            folder.resolve("kubectl"),
            """
            #!/bin/sh
            cd "$(dirname "$0")"
            echo "$@" >>asked
            if [ -e error ]; then cat error >&2; exit 1; fi
            case " $* " in
              *" get pods "*) cat pods ;;
              *" get "*) cat facts ;;
              *" logs "*) cat log ;;
            esac
            """);
    assertThat(kubectl.toFile().setExecutable(true)).isTrue();
    facts();
  }

  private Plugin.Answer run(String line) {
    return Plugin.withKubectlIn(folder).run(line.split(" "));
  }

  /** What facts.gotemplate makes of an object; {@code |} stands between fields. */
  private void facts(String... more) throws IOException {
    String first = "experiment|e|team-a|1|2026-01-01T00:00:00Z|false||3|";
    write("facts", Stream.concat(Stream.of(first), Stream.of(more)).toList());
  }

  private void write(String file, List<String> lines) throws IOException {
    Files.writeString(folder.resolve(file), String.join("\n", lines).replace('|', '\u001f') + "\n");
  }

  private String asked() throws IOException {
    return Files.readString(folder.resolve("asked"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fly                              | there is no command fly
          status --follow                  | status knows no option --follow
          status a b                       | b is too much
          status a -A                      | -A is for the list
          status -n                        | -n needs a value
          logs                             | logs needs the name of an experiment
          logs a pretrain b                | b is too much
          logs a --attempt first           | --attempt is first; write a number
          rerun                            | rerun needs the name of an experiment
          rerun a --token 2 --failed       | say one of them
          suspend a --token 2              | suspend knows no option --token
          resume                           | resume needs the name of an experiment
          """)
  void aWrongCommandLineEndsWith64AndHelp(String line, String sentence) {
    Plugin.Answer answer = run(line);

    assertThat(answer.code()).isEqualTo(64);
    assertThat(answer.err()).contains(sentence).contains("Example:");
    assertThat(folder.resolve("asked")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "status ", "logs ", "rerun ", "suspend ", "resume "})
  void helpHasAnExample(String command) {
    Plugin.Answer answer = run(command + "--help");

    assertThat(answer.code()).isZero();
    assertThat(answer.out()).contains("Example:  kubectl supcon " + command);
  }

  @Test
  void withoutKubectlOneSentenceSaysWhatIsMissing() throws IOException {
    Path few = Files.createDirectory(folder.resolve("few"));
    for (String tool : List.of("bash", "cat", "dirname", "readlink")) {
      Path found =
          Stream.of("/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
              .map(place -> Path.of(place, tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(few.resolve(tool), found);
    }

    Plugin.Answer answer = new Plugin(folder, few.toString()).run("status");

    assertThat(answer.code()).isEqualTo(78);
    assertThat(answer.err()).startsWith("supcon: needs kubectl in PATH").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          error: the server doesn't have a resource type "supconexperiments"            | 78 | the operator is not installed
          Error from server (Forbidden): supconexperiments "e" is forbidden: User "x"   | 78 | ask your administrator for the role
          error: You must be logged in to the server (Unauthorized)                     | 78 | log in again
          The connection to the server localhost:8080 was refused                       | 78 | set KUBECONFIG
          The connection to the server 10.0.0.1:6443 was refused                        | 1  | the cluster does not answer
          Error from server (NotFound): supconexperiments.supcon.dev "e" not found      | 66 | there is no experiment e in namespace default
          error: something else                                                         | 1  | kubectl says: error: something else
          """)
  void anErrorOfKubectlSaysWhatToDo(String error, int code, String sentence) throws IOException {
    write("error", List.of(error));
    Plugin.Answer answer = run("status e");

    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.err()).startsWith("supcon: ").contains(sentence);
    assertThat(answer.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_SPEC, validate",
    "NOT_CONFIGURED, administrator",
    "DEPENDENCY_MISSING, Put it there",
    "NODE_LOST, supconnodelost"
  })
  void whatStallsAnExperimentHasItsAdvice(ConditionReason reason, String advice)
      throws IOException {
    facts(
        "status|1||0|0",
        "condition|Stalled|True|" + reason.word() + "|2026-01-01T00:00:00Z|why",
        "condition|Finished|False|Stalled|2026-01-01T00:00:00Z|why");

    assertThat(run("status e").out()).contains("e in team-a: Stalled\n").contains(advice);
  }

  @ParameterizedTest
  @EnumSource
  void aStepThatFailedHasItsAdvice(Failure.Reason reason) throws IOException {
    failed(reason.word());
    String page = run("status e").out();

    assertThat(page).contains("pretrain  Failed").contains(reason.word() + ": why\n");
    assertThat(page.substring(page.indexOf("\nNext ")))
        .contains(
            switch (reason) {
              case REFUSED -> "docs/exit-codes.md";
              case RETRIES_EXHAUSTED -> "logs e pretrain";
              case NO_PROGRESS -> "pretrain.checkpointSeconds";
              case PENDING_DEADLINE -> "docs/runbook.md#supconsteppending";
              case RUNNING_DEADLINE -> "execution.runningSeconds";
            });
  }

  private void failed(String reason) throws IOException {
    facts(
        "status|1|Failed|50|0",
        "condition|Stalled|True|StepFailed|2026-01-01T00:00:00Z|pretrain: " + reason + ": why",
        step("pretrain", "Failed", reason, 1, "2026-01-01T00:00:00Z"));
  }

  private static String step(String name, String state, String reason, int tries, String end) {
    return "step|%s|%s|%s|%s|why|%d|0|0|0|0|uid-of-%s||key-of-%s|%s"
        .formatted(name, name, state, reason, tries, name, name, end);
  }

  @ParameterizedTest
  @CsvSource({"'', 1", "1, 2", "09, 10", "again, again-2", "again-2, again-3", "a-1-9, a-1-10"})
  void theNextTokenCountsOn(String present, String next) throws IOException {
    write("facts", List.of("experiment|e|team-a|1|2026-01-01T00:00:00Z|false||3|" + present));
    Plugin.Answer answer = run("rerun e");

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(asked()).contains("{\"spec\":{\"rerun\":{\"token\":\"" + next + "\"}}}");
  }

  @Test
  void aRerunSaysWhatIsComputedAgainAndWhatThatTookBefore() throws IOException {
    facts(
        "status|1|Succeeded|100|3700",
        step("augment", "Cached", "ResultExists", 0, ""),
        step("pretrain", "Succeeded", "ResultExists", 1, ""),
        step("linear", "Succeeded", "ResultExists", 1, ""));

    assertThat(run("rerun e").out())
        .contains("Computed again: pretrain, linear; all that took 1h01m of GPU time.")
        .contains("Kept: the packed data (augment).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Not-Lower", "-x", "a b"})
  void aTokenThatTheSpecWouldRefuseIsRefusedBefore(String token) throws IOException {
    Plugin.Answer answer = Plugin.withKubectlIn(folder).run("rerun", "e", "--token", token);

    assertThat(answer.code()).isEqualTo(64);
    assertThat(asked()).doesNotContain("patch");
  }

  @Test
  void whatFailedIsTriedAgainByTwoChangesThatCancelEachOtherOut() throws IOException {
    failed("RetriesExhausted");

    assertThat(run("rerun e --failed").out()).startsWith("Tried again: pretrain");
    assertThat(asked())
        .containsSubsequence("{\"execution\":{\"retries\":4}}", "{\"execution\":{\"retries\":3}}");
  }

  @Test
  void whereNothingFailedNothingIsTriedAgain() throws IOException {
    assertThat(run("rerun e --failed").err()).contains("no step of e has failed");
    assertThat(asked()).doesNotContain("patch");
  }

  @ParameterizedTest
  @CsvSource({"rerun, '  rerun:\n    token: \"1\"'", "suspend, '  execution:\n    suspend: true'"})
  void whatGitRulesIsChangedThere(String command, String lines) throws IOException {
    facts("git|Flux|experiments");
    Plugin.Answer answer = run(command + " e");

    assertThat(answer.code()).isEqualTo(78);
    assertThat(answer.err()).contains("by Flux (experiments)").contains("spec:\n" + lines + "\n");
    assertThat(asked()).doesNotContain("patch");

    assertThat(run(command + " e --force").err()).contains("the next sync may undo this");
    assertThat(asked()).contains("patch");
  }

  @Test
  void whatIsSuspendedIsNotSuspendedTwice() throws IOException {
    write("facts", List.of("experiment|e|team-a|1|2026-01-01T00:00:00Z|true||3|"));

    assertThat(run("suspend e").out()).contains("is suspended already");
    assertThat(asked()).doesNotContain("patch");
    assertThat(run("resume e").out()).startsWith("e goes on.");
    assertThat(asked()).contains("{\"spec\":{\"execution\":{\"suspend\":false}}}");
  }

  @Test
  void theLogIsThatOfTheStepThatRunsElseOfTheOneThatFailedLast() throws IOException {
    write("pods", List.of());
    String early = step("corruption", "Failed", "Refused", 1, "2026-01-01T00:00:00Z");
    String late = step("linear", "Failed", "Refused", 1, "2026-01-01T00:00:01Z");
    String ended = step("pretrain", "Succeeded", "ResultExists", 1, "2026-01-02T00:00:00Z");
    facts("status|1||0|0", ended, late, early);
    run("logs e");
    assertThat(asked()).contains("supcon.dev/key=key-of-linear");

    facts("status|1||0|0", ended, late, step("transfer", "Running", "Running", 1, ""));
    run("logs e");
    assertThat(asked()).contains("supcon.dev/key=key-of-transfer");
  }

  @Test
  void theLogOfAPodThatIsGoneIsInTheStore() throws IOException {
    write("pods", List.of());
    failed("Refused");
    Files.writeString(folder.resolve("facts"), "links\u001fs3://supcon/team-a\u001f\n", APPEND);
    Plugin.Answer answer = run("logs e");

    assertThat(answer.code()).isEqualTo(66);
    assertThat(answer.err()).contains("s3://supcon/team-a/log/uid-of-pretrain.txt");
  }

  @Test
  void theNewestAttemptsLogReadsAsSentences() throws IOException {
    failed("Refused");
    Files.writeString(folder.resolve("pods"), pod(2) + pod(10) + pod(9));
    Files.writeString(
        folder.resolve("log"),
        """
        {"time":"2026-01-02T03:04:05.678Z","level":"INFO","message":"epoch 1 of 9","step":"s","attempt":"u","progress":0.111}
        a library's own line
        {"time":"2026-01-02T03:04:06Z","level":"ERROR","message":"no \\"a\\\\b\\" \\u001b[2J","step":"s","attempt":"u","trace":"x\\n\\tat y"}
        """);
    Plugin.Answer answer = run("logs e");

    assertThat(answer.err()).contains("pretrain, attempt 10, pod p-10 (Failed)");
    assertThat(answer.out())
        .isEqualTo(
            """
            01-02 03:04:05 INFO  epoch 1 of 9 (11%)
            a library's own line
            01-02 03:04:06 ERROR no "a\\b" \\u001b[2J
            x
            \tat y
            """);
    assertThat(run("logs e --json").out()).startsWith("{\"time\":");
  }

  private static String pod(int attempt) {
    return "%d\tp-%d\tFailed\t\n".formatted(attempt, attempt);
  }
}
