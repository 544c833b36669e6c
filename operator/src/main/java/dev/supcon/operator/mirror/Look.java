package dev.supcon.operator.mirror;

import dev.supcon.contract.step.StepReport;
import java.time.Instant;

/** Whether a step is done, as far as the store was looked into. */
public sealed interface Look permits Unknown, Look.Hit, Look.Miss {

  /**
   * It is.
   *
   * @param attempt whose result it is
   * @param digest of the manifest: the identity of this result
   * @param lookedAt when the look began
   */
  record Hit(StepReport report, String attempt, String digest, Instant lookedAt) implements Look {}

  /**
   * It is not.
   *
   * @param reason such as {@code NoManifest}
   * @param detail names the file or step at fault; may be empty
   * @param checkpoint number of the newest checkpoint; -1: none
   * @param lookedAt when the look began
   */
  record Miss(String reason, String detail, long checkpoint, Instant lookedAt) implements Look {}
}
