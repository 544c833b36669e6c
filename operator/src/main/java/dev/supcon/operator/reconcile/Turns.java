package dev.supcon.operator.reconcile;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * No namespace holds more than its share of the threads that reconcile: whoever makes a thousand
 * experiments waits for them, and nobody else does.
 */
final class Turns {
  /** Few beside all threads; more would only wait for the API server. */
  private static final int SHARE = 12;

  private final Consumer<ResourceID> wake;
  private final Map<String, Line> lines = new HashMap<>(); // by namespace

  /**
   * @param wake has one looked at again
   */
  Turns(Consumer<ResourceID> wake) {
    this.wake = wake;
  }

  private static final class Line {
    private final Set<ResourceID> waiting = new LinkedHashSet<>();
    private int looking;
  }

  /**
   * Whether it is the experiment's turn. Who gets one gives it back by {@link #end}; who does not
   * is woken later.
   */
  synchronized boolean begin(ResourceID experiment) {
    Line line = lines.computeIfAbsent(namespace(experiment), name -> new Line());
    if (line.looking == SHARE) {
      line.waiting.add(experiment);
      return false;
    }
    line.waiting.remove(experiment);
    line.looking++;
    return true;
  }

  /** A turn is over. */
  void end(ResourceID experiment) {
    next(experiment, true).ifPresent(wake);
  }

  /** The experiment is gone: if it was woken, the turn is another's. */
  void gone(ResourceID experiment) {
    next(experiment, false).ifPresent(wake);
  }

  private synchronized Optional<ResourceID> next(ResourceID experiment, boolean looked) {
    Line line = lines.get(namespace(experiment));
    if (line == null) {
      return Optional.empty();
    }
    if (looked) {
      line.looking--;
    } else {
      line.waiting.remove(experiment);
    }
    Optional<ResourceID> next = line.waiting.stream().findFirst();
    next.ifPresent(line.waiting::remove);
    if (line.looking == 0 && next.isEmpty()) {
      lines.remove(namespace(experiment));
    }
    return next;
  }

  private static String namespace(ResourceID experiment) {
    return experiment.getNamespace().orElse("");
  }
}
