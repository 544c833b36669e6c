package dev.supcon.operator.reconcile;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * No namespace holds more than its share of the threads that reconcile: whoever makes a thousand
 * experiments waits for them, and nobody else does.
 */
final class Turns {
  /** Few beside all threads; more would only crowd the API server before the others' calls. */
  static final int SHARE = 12;

  private final Consumer<ResourceID> wake;
  private final Map<String, Line> lines = new HashMap<>(); // by namespace

  /**
   * @param wake has one looked at again
   */
  Turns(Consumer<ResourceID> wake) {
    this.wake = wake;
  }

  private static final class Line {
    private final SequencedSet<ResourceID> waiting = new LinkedHashSet<>();
    private final Set<ResourceID> woken = new HashSet<>(); // and not back yet
    private int looking;

    boolean begin(ResourceID experiment) {
      boolean first = woken.remove(experiment);
      if (looking < SHARE && (first || waiting.isEmpty())) {
        looking++;
        waiting.remove(experiment);
        return true;
      }
      if (first) {
        waiting.addFirst(experiment);
      } else {
        waiting.add(experiment);
      }
      return false;
    }

    /** As many as there are turns free; one of them may have gone unseen. */
    List<ResourceID> next() {
      List<ResourceID> next = waiting.stream().limit(SHARE - looking).toList();
      next.forEach(waiting::remove);
      woken.addAll(next);
      return next;
    }
  }

  /**
   * Whether it is the experiment's turn. Who gets one gives it back by {@link #end}; who does not
   * is woken later, before those who come then.
   */
  boolean begin(ResourceID experiment) {
    boolean begun;
    List<ResourceID> next;
    synchronized (this) {
      Line line = line(experiment);
      begun = line.begin(experiment);
      next = line.next();
    }
    next.forEach(wake);
    return begun;
  }

  /** A turn is over. */
  void end(ResourceID experiment) {
    List<ResourceID> next;
    synchronized (this) {
      Line line = line(experiment);
      line.looking--;
      next = line.next();
      tidy(experiment, line);
    }
    next.forEach(wake);
  }

  /** The experiment is gone: if it was woken, another one is. */
  void gone(ResourceID experiment) {
    List<ResourceID> next;
    synchronized (this) {
      Line line = line(experiment);
      line.waiting.remove(experiment);
      line.woken.remove(experiment);
      next = line.next();
      tidy(experiment, line);
    }
    next.forEach(wake);
  }

  private Line line(ResourceID experiment) {
    return lines.computeIfAbsent(namespace(experiment), name -> new Line());
  }

  private void tidy(ResourceID experiment, Line line) {
    if (line.looking == 0 && line.waiting.isEmpty() && line.woken.isEmpty()) {
      lines.remove(namespace(experiment));
    }
  }

  private static String namespace(ResourceID experiment) {
    return experiment.getNamespace().orElse("");
  }
}
