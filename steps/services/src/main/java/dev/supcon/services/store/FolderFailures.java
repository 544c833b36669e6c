package dev.supcon.services.store;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Locale;

/** What went wrong on a disk, said so that a user can act on it. */
final class FolderFailures {
  private FolderFailures() {}

  static StepFailure of(Path folder, IOException e) {
    String reason = String.valueOf(e.getMessage());
    String low = reason.toLowerCase(Locale.ROOT);
    if (low.contains("no space left") || low.contains("quota exceeded")) {
      return failure(
          ExitCode.NO_SPACE,
          "The disk of " + folder + " is full; make room or choose another folder.",
          e);
    }
    if (e instanceof AccessDeniedException || low.contains("read-only file system")) {
      return failure(
          ExitCode.NO_SPACE,
          "No permission to write in "
              + folder
              + " ("
              + reason
              + "); change its owner or choose another folder.",
          e);
    }
    if (e instanceof FileAlreadyExistsException || low.contains("not a directory")) {
      return failure(
          ExitCode.NO_SPACE, folder + " is in the place of a file; choose another folder.", e);
    }
    return failure(
        ExitCode.STORE_UNREACHABLE,
        "Reading or writing in "
            + folder
            + " failed ("
            + e.getClass().getSimpleName()
            + ": "
            + reason
            + "); check the disk and the path.",
        e);
  }

  private static StepFailure failure(ExitCode code, String sentence, IOException e) {
    return new StepFailure(code, sentence, e);
  }
}
