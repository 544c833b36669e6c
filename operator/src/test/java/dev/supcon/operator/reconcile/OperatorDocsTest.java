package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.operator.api.FailureRule;
import dev.supcon.operator.decide.Failure;
import dev.supcon.operator.status.ConditionReason;
import dev.supcon.operator.status.ConditionType;
import dev.supcon.operator.status.EventReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of docs/operator.md are made of the code. */
final class OperatorDocsTest {
  private static final Path DOCS = Path.of("../docs/operator.md");

  @Test
  void theConditionsAreThoseOfTheCode() throws IOException {
    holds(
        "conditions",
        "| condition | True says |\n|---|---|\n",
        Arrays.stream(ConditionType.values())
            .map(type -> "| `%s` | %s |".formatted(type.word(), type.meaning()))
            .toList());
  }

  @Test
  void theReasonsAreThoseOfTheCode() throws IOException {
    holds(
        "reasons",
        "| reason | meaning |\n|---|---|\n",
        Arrays.stream(ConditionReason.values())
            .map(reason -> "| `%s` | %s |".formatted(reason.word(), reason.meaning()))
            .toList());
  }

  @Test
  void theEventsAreThoseOfTheCode() throws IOException {
    holds(
        "events",
        "| event | type | meaning |\n|---|---|---|\n",
        Arrays.stream(EventReason.values())
            .map(
                event ->
                    "| `%s` | %s | %s |".formatted(event.word(), event.type(), event.meaning()))
            .toList());
  }

  @Test
  void whatBecomesOfAnExitCodeIsWhatTheCodeSays() throws IOException {
    holds(
        "exit-codes",
        "| exit code | name | the operator |\n|---|---|---|\n",
        Arrays.stream(ExitCode.values())
            .map(code -> "| %d | %s | %s |".formatted(code.code(), code, becomes(code)))
            .toList());
  }

  private static String becomes(ExitCode code) {
    if (code == ExitCode.DONE) {
      return "looks for the result; without one it is a fault";
    }
    if (FailureRule.STOPPED.exitCodes().contains(code.code())) {
      return "goes on at once; the third in a row without a new checkpoint ends it: `%s`"
          .formatted(Failure.Reason.NO_PROGRESS.word());
    }
    if (FailureRule.REFUSED.exitCodes().contains(code.code())) {
      return "does not try again: `%s`".formatted(Failure.Reason.REFUSED.word());
    }
    return "tries again after a pause, `spec.execution.retries` times";
  }

  private static void holds(String name, String head, List<String> rows) throws IOException {
    String table = rows.stream().collect(Collectors.joining("\n", head, "\n"));
    String begin = "<!-- " + name + ": made by OperatorDocsTest -->\n";
    String docs = Files.readString(DOCS);
    int from = docs.indexOf(begin) + begin.length();
    int to = docs.indexOf("<!-- end -->", from);
    if (Boolean.getBoolean("supcon.regenerate")) {
      docs = docs.substring(0, from) + table + docs.substring(to);
      Files.writeString(DOCS, docs);
      to = docs.indexOf("<!-- end -->", from);
    }

    assertThat(docs.substring(from, to))
        .as("./mvnw -pl operator -am test -Dsupcon.regenerate=true")
        .isEqualTo(table);
  }
}
