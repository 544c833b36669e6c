package dev.supcon.runner.layout;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of a source.
 *
 * @param path of the source, for messages
 * @param names sorted; those of empty folders end in a slash
 * @param reader reads files whole
 */
public record SourceFiles(Path path, List<String> names, Reader reader) {

  public SourceFiles {
    names = List.copyOf(names);
  }

  /** Reads files of the source. */
  public interface Reader {
    /** Their bytes by name. */
    Map<String, byte[]> read(Set<String> names) throws IOException;
  }

  /**
   * Finds and reads files that a layout asks for, in one pass.
   *
   * @param ends of their paths, wherever the data set lies in the source
   */
  Lists lists(String... ends) throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    for (String end : ends) {
      found.put(end, only(end));
    }
    return new Lists(this, found, reader.read(Set.copyOf(found.values())));
  }

  private String only(String end) {
    List<String> found =
        names.stream().filter(name -> !hidden(name) && ("/" + name).endsWith("/" + end)).toList();
    if (found.isEmpty()) {
      throw refused(end, "is missing; unpack the official archive with it");
    }
    if (found.size() > 1) {
      throw refused(String.join(" and ", found), "are the same list; remove one");
    }
    return found.getFirst();
  }

  /** Whether a file or a folder on the way to it is hidden. */
  static boolean hidden(String name) {
    return ("/" + name).contains("/.");
  }

  StepFailure refused(String what, String reason) {
    return new StepFailure(ExitCode.DATA, "%s: %s %s.".formatted(path, what, reason));
  }
}
