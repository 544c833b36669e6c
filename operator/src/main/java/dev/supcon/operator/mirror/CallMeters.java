package dev.supcon.operator.mirror;

import java.time.Duration;

/** Is told how each call to an outside system went. */
@FunctionalInterface
public interface CallMeters {

  /**
   * @param outcome {@code success}, {@code failure}, {@code timeout} or {@code rejected}
   */
  void called(Outside system, String outcome, Duration took);
}
