package dev.supcon.runner.data;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.services.store.FileDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** Where the source of a data set lies. */
public sealed interface SourcePlace permits LocalPlace, S3Place {

  /**
   * SHA-256 that no other content has.
   *
   * @param cache folder where the digests of unchanged sources are remembered
   */
  String digest(Path cache);

  /**
   * The source as a folder or tar on this computer.
   *
   * @param digest that the plan has
   * @param scratch folder for what has to be downloaded
   * @param progress is told percents of a download
   */
  Path fetch(String digest, Path scratch, IntConsumer progress);

  /**
   * The source, where it is a single file, on this computer.
   *
   * @param sha256 of its bytes; a file with another is refused
   * @param scratch folder for what has to be downloaded
   */
  default Path file(String sha256, Path scratch) {
    Path file = file(scratch);
    try {
      String found = FileDigest.of(file);
      if (!found.equals(sha256)) {
        throw new StepFailure(
            ExitCode.DATA,
            "%s has the SHA-256 %s, the plan has %s; bring back that file, or plan for this one."
                .formatted(file, found, sha256));
      }
      return file;
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_INPUT, "Cannot read %s: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /** The same, whatever its bytes are. */
  Path file(Path scratch);

  /**
   * Ends when what was read is not what the plan was made for.
   *
   * @param read digest of the content by {@link SourceDigest}
   * @param planned digest that the plan has
   */
  void confirm(String read, String planned);

  /** The step's key stands for one digest: what has another must not get the key. */
  static void refuseOther(String place, String found, String planned) {
    if (!found.equals(planned)) {
      throw new StepFailure(
          ExitCode.DATA,
          "%s has changed since the plan was made (its digest is %s, the plan has %s); plan and run again."
              .formatted(place, found, planned));
    }
  }
}
