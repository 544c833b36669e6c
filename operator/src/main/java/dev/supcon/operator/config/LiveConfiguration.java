package dev.supcon.operator.config;

import dev.supcon.contract.spec.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The configuration that holds now; a bad file is refused and the old one kept. */
public final class LiveConfiguration {
  private static final Configuration NONE = new Configuration(Map.of(), Map.of());

  private final Path file;
  private volatile Held held = new Held("", NONE);

  private record Held(String text, Configuration configuration) {}

  /** Holds nothing until it is reread. */
  public LiveConfiguration(Path file) {
    this.file = file;
  }

  /** What became of a look at the file. */
  public sealed interface Change {

    /** It is the one that was read before, good or bad. */
    record None() implements Change {}

    /** It holds from now on. */
    record Taken(Configuration configuration) implements Change {}

    /** It is faulty: the old one holds on. */
    record Refused(List<Violation> violations) implements Change {
      public Refused {
        violations = List.copyOf(violations);
      }
    }
  }

  public Configuration current() {
    return held.configuration();
  }

  /** Looks at the file again; cheap, and does nothing where its text is the same. */
  public Change reread() {
    try {
      return offer(Files.readString(file));
    } catch (IOException e) {
      Violation unreadable =
          new Violation(file.toString(), "cannot be read: " + e.getMessage(), "mount it again");
      return new Change.Refused(List.of(unreadable));
    }
  }

  private Change offer(String text) {
    Held old = held;
    if (text.equals(old.text())) {
      return new Change.None();
    }
    return switch (ConfigurationFile.read(text)) {
      case ConfigurationFile.Read.Accepted accepted -> {
        held = new Held(text, accepted.configuration());
        yield new Change.Taken(accepted.configuration());
      }
      case ConfigurationFile.Read.Refused refused -> {
        held = new Held(text, old.configuration());
        yield new Change.Refused(refused.violations());
      }
    };
  }
}
