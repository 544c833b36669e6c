package dev.supcon.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private final List<String> said = new ArrayList<>();
  private int asked;

  private Patience patience(Duration longest, boolean stop) {
    return new Patience(longest, () -> stop, said::add);
  }

  private String answersTheSecondTime(ExitCode first) {
    asked++;
    if (asked == 1) {
      throw new StepFailure(first, "no answer");
    }
    return "answer";
  }

  @Test
  void aStoreThatComesBackIsWaitedFor() {
    String answer =
        patience(Duration.ofMinutes(1), false)
            .with(() -> answersTheSecondTime(ExitCode.STORE_UNREACHABLE));

    assertThat(answer).isEqualTo("answer");
    assertThat(said).containsExactly("waits for the store: no answer");
  }

  @Test
  void everyOtherFailureIsFinal() {
    failsAtOnce(patience(Duration.ofMinutes(1), false), ExitCode.NO_INPUT);
  }

  @Test
  void whoIsAskedToStopDoesNotWait() {
    failsAtOnce(patience(Duration.ofMinutes(1), true), ExitCode.STORE_UNREACHABLE);
  }

  @Test
  void withoutPatienceTheFirstFailureIsTheLast() {
    failsAtOnce(patience(Duration.ZERO, false), ExitCode.STORE_UNREACHABLE);
  }

  private void failsAtOnce(Patience patience, ExitCode code) {
    StepFailure failure =
        catchThrowableOfType(
            StepFailure.class, () -> patience.with(() -> answersTheSecondTime(code)));
    assertThat(failure.exitCode()).isEqualTo(code);
    assertThat(asked).isEqualTo(1);
  }
}
