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
import java.util.stream.Stream;

/**
 * No namespace holds more than its share of the threads that reconcile: whoever makes a thousand
 * experiments waits for them, and nobody else does. Among the waiting of a namespace those come
 * first of which steps act: to them something has happened that the next step waits for.
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
    private final SequencedSet<ResourceID> acting = new LinkedHashSet<>();
    private final SequencedSet<ResourceID> others = new LinkedHashSet<>();
    private final Set<ResourceID> woken = new HashSet<>(); // and not back yet
    private int looking;

    boolean begin(ResourceID experiment, boolean acts) {
      boolean first = woken.remove(experiment);
      if (looking < SHARE && (first || nobodyBefore(acts))) {
        looking++;
        remove(experiment);
        return true;
      }
      SequencedSet<ResourceID> line = acts ? acting : others;
      if (first) {
        line.addFirst(experiment);
      } else {
        line.add(experiment);
      }
      return false;
    }

    private boolean nobodyBefore(boolean acts) {
      return acting.isEmpty() && (acts || others.isEmpty());
    }

    /** As many as there are turns free; one of them may have gone unseen. */
    List<ResourceID> next() {
      List<ResourceID> next =
          Stream.concat(acting.stream(), others.stream()).limit(SHARE - looking).toList();
      next.forEach(this::remove);
      woken.addAll(next);
      return next;
    }

    private void remove(ResourceID experiment) {
      acting.remove(experiment);
      others.remove(experiment);
    }

    void gone(ResourceID experiment) {
      remove(experiment);
      woken.remove(experiment);
    }

    boolean idle() {
      return looking == 0 && acting.isEmpty() && others.isEmpty() && woken.isEmpty();
    }
  }

  /**
   * Whether it is the experiment's turn. Who gets one gives it back by {@link #end}; who does not
   * is woken later, before those of its kind who come then.
   *
   * @param acts whether steps of it act
   */
  boolean begin(ResourceID experiment, boolean acts) {
    boolean begun;
    List<ResourceID> next;
    synchronized (this) {
      Line line = line(experiment);
      begun = line.begin(experiment, acts);
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
      line.gone(experiment);
      next = line.next();
      tidy(experiment, line);
    }
    next.forEach(wake);
  }

  private Line line(ResourceID experiment) {
    return lines.computeIfAbsent(namespace(experiment), name -> new Line());
  }

  private void tidy(ResourceID experiment, Line line) {
    if (line.idle()) {
      lines.remove(namespace(experiment));
    }
  }

  private static String namespace(ResourceID experiment) {
    return experiment.getNamespace().orElse("");
  }
}
