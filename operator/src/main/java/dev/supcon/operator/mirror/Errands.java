package dev.supcon.operator.mirror;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Errands that wait: the namespaces take turns, so that a crowd in one holds up no other. */
final class Errands {
  private final Map<String, Deque<Errand>> waiting = new LinkedHashMap<>(); // by namespace
  private int size;

  void add(Errand errand) {
    of(errand).addLast(errand);
    size++;
  }

  /** It is the first of its namespace. */
  void addFirst(Errand errand) {
    of(errand).addFirst(errand);
    size++;
  }

  private Deque<Errand> of(Errand errand) {
    return waiting.computeIfAbsent(errand.namespace(), name -> new ArrayDeque<>());
  }

  /** The next one; then it is another namespace's turn. */
  Errand remove() {
    Map.Entry<String, Deque<Errand>> turn = waiting.entrySet().iterator().next();
    waiting.remove(turn.getKey());
    Errand next = turn.getValue().removeFirst();
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
