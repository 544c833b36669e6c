package dev.supcon.operator.mirror;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers to one kind of question, each with the time at which it was looked for. Many may ask the
 * same; it is looked for once.
 *
 * @param <K> what is asked
 * @param <V> the answer
 */
final class Looks<K extends OfTenant, V> {
  private final Question<K, V> question;
  private final Function<K, Line> way;
  private final InstantSource clock;
  private final Consumer<ResourceID> wake;
  private final Map<K, Entry> entries = new HashMap<>();

  Looks(
      Question<K, V> question,
      Function<K, Line> way,
      InstantSource clock,
      Consumer<ResourceID> wake) {
    this.question = question;
    this.way = way;
    this.clock = clock;
    this.wake = wake;
  }

  /**
   * What is known, if it was looked for after {@code since}; else it is looked for, and the asker
   * is woken.
   */
  Answer<V> ask(ResourceID asker, K key, Instant since) {
    Entry entry;
    Answer<V> answer;
    boolean send;
    synchronized (this) {
      entry = entries.computeIfAbsent(key, Entry::new);
      answer = entry.answer(asker, since);
      send = answer instanceof Answer.Open && !entry.underway;
      entry.underway |= send;
    }
    if (send) {
      way.apply(key).send(entry);
    }
    return answer;
  }

  /** Nothing more is told to this asker; what nobody asks for is forgotten. */
  synchronized void forget(ResourceID asker) {
    entries.values().removeIf(entry -> entry.left(asker));
  }

  private synchronized List<ResourceID> keep(Entry entry, V value, Instant lookedAt) {
    entry.known = new Answer.Known<>(value, lookedAt);
    entry.trouble = Unknown.ASKED;
    entry.underway = false;
    return List.copyOf(entry.askers);
  }

  private synchronized List<ResourceID> keep(Entry entry, Unknown trouble) {
    boolean news = entry.trouble.why() != trouble.why();
    entry.trouble = trouble;
    return news ? List.copyOf(entry.askers) : List.of();
  }

  private synchronized boolean wanted(Entry entry) {
    if (entry.askers.isEmpty()) {
      entry.underway = false;
      return false;
    }
    return true;
  }

  private final class Entry implements Errand {
    private final K key;
    private final Set<ResourceID> askers = new HashSet<>();
    private volatile Answer.@Nullable Known<V> known;
    private Unknown trouble = Unknown.ASKED;
    private boolean underway;

    Entry(K key) {
      this.key = key;
    }

    Answer<V> answer(ResourceID asker, Instant since) {
      askers.add(asker);
      Answer.Known<V> last = known;
      return last != null && last.lookedAt().isAfter(since) ? last : new Answer.Open<>(trouble);
    }

    boolean left(ResourceID asker) {
      return askers.remove(asker) && askers.isEmpty();
    }

    @Override
    public String namespace() {
      return key.tenant().namespace();
    }

    /** An answer that has become too old: a step has ended, and others wait for its result. */
    @Override
    public boolean urgent() {
      return known != null;
    }

    @Override
    public boolean wanted() {
      return Looks.this.wanted(this);
    }

    @Override
    public void run() throws Trouble {
      Instant began = clock.instant();
      V value = question.ask(key);
      keep(this, value, began).forEach(wake);
    }

    @Override
    public void troubled(Trouble reason) {
      keep(this, reason.unknown()).forEach(wake);
    }
  }

  /** Asks outside; may take long. */
  interface Question<K, V> {
    V ask(K key) throws Trouble;
  }

  /**
   * What is known of a question.
   *
   * @param <V> the answer
   */
  sealed interface Answer<V> {
    record Known<V>(V value, Instant lookedAt) implements Answer<V> {}

    record Open<V>(Unknown reason) implements Answer<V> {}
  }
}
