package dev.supcon.operator.mirror;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.services.track.TrackerAway;

/** An outside system did not do what it was asked; the message says so in one sentence. */
final class Trouble extends Exception {
  private static final long serialVersionUID = 1L;

  private final Unknown.Why why;

  Trouble(Unknown.Why why, String message) {
    super(message);
    this.why = why;
  }

  private Trouble(Unknown.Why why, String message, Throwable cause) {
    super(message, cause);
    this.why = why;
  }

  static Trouble of(StepFailure failure) {
    Unknown.Why why =
        failure.exitCode() == ExitCode.STORE_UNREACHABLE
            ? Unknown.Why.UNREACHABLE
            : Unknown.Why.REFUSED;
    return new Trouble(why, String.valueOf(failure.getMessage()), failure);
  }

  static Trouble of(TrackerAway away, String url) {
    return new Trouble(
        Unknown.Why.UNREACHABLE,
        "MLflow at %s cannot be told now (%s).".formatted(url, away.getMessage()),
        away);
  }

  Unknown.Why why() {
    return why;
  }

  Unknown unknown() {
    return new Unknown(why, String.valueOf(getMessage()));
  }
}
