package dev.supcon.operator.mirror;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Errands that wait: the namespaces take turns, so that a crowd in one holds up no other, and the
 * urgent ones of a namespace are its first.
 */
final class Errands {
  private final Map<String, Waiting> waiting = new LinkedHashMap<>(); // by namespace
  private int size;

  private record Waiting(Deque<Errand> urgent, Deque<Errand> others) {
    Waiting() {
      this(new ArrayDeque<>(), new ArrayDeque<>());
    }

    Deque<Errand> like(Errand errand) {
      return errand.urgent() ? urgent : others;
    }

    Errand remove() {
      return urgent.isEmpty() ? others.removeFirst() : urgent.removeFirst();
    }

    boolean isEmpty() {
      return urgent.isEmpty() && others.isEmpty();
    }
  }

  void add(Errand errand) {
    of(errand).addLast(errand);
    size++;
  }

  /** It is the first of its namespace and kind. */
  void addFirst(Errand errand) {
    of(errand).addFirst(errand);
    size++;
  }

  private Deque<Errand> of(Errand errand) {
    return waiting.computeIfAbsent(errand.namespace(), name -> new Waiting()).like(errand);
  }

  /** The next one; then it is another namespace's turn. */
  Errand remove() {
    Map.Entry<String, Waiting> turn = waiting.entrySet().iterator().next();
    waiting.remove(turn.getKey());
    Errand next = turn.getValue().remove();
    if (!turn.getValue().isEmpty()) {
      waiting.put(turn.getKey(), turn.getValue());
    }
    size--;
    return next;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }
}
