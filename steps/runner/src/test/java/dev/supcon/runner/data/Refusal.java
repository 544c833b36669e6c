package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.ImageSource.Unreadable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What every refusal must be: a failure with its exit code, and words that help. */
final class Refusal {
  private Refusal() {}

  /**
   * @param words the file, the reason and the remedy
   */
  static void of(ExitCode code, ThrowingCallable what, String... words) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).as("%s", e).isEqualTo(code))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  /** Of one image; the packing names its file. */
  static void ofImage(ThrowingCallable what, String... words) {
    assertThatThrownBy(what)
        .isInstanceOf(Unreadable.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }
}
