package dev.supcon.runner.data;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** A folder or tar on this computer. */
public record LocalPlace(Path path) implements SourcePlace {

  @Override
  public String digest(Path cache) {
    return SourceDigest.of(path, cache);
  }

  /** By content, whatever was remembered; what does not exist is refused by who reads it. */
  @Override
  public Path fetch(String digest, Path scratch, IntConsumer progress) {
    if (Files.exists(path)) {
      refuseOther(path.toString(), SourceDigest.of(path), digest);
    }
    return path;
  }

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
