package dev.supcon.operator.decide;

import dev.supcon.operator.observe.Result;

/** What becomes of one step now. */
public sealed interface Move {

  /** Its result exists. */
  record Done(Result.Hit hit) implements Move {}

  /** A Job is made for it; the number is new for its key. */
  record Start(int number) implements Move {}

  /** It acts, or has just ended: only time tells. */
  record Watch() implements Move {}

  /** It does not act, for a reason. */
  record Hold(Wait why, String message) implements Move {}

  /** It will not be tried again. */
  record Fail(Failure failure) implements Move {}
}
