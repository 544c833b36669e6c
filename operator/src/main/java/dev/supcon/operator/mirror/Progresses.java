package dev.supcon.operator.mirror;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks again and again how far running steps are; of very many, at those first that were not
 * looked at for longest. Whoever follows a step is woken when it has gone on by a hundredth, and
 * not more often than a status should be written.
 */
final class Progresses {
  static final Duration ROUND = Duration.ofSeconds(10);

  /** A step that has just begun has nothing to say, and many are over before it would. */
  private static final Duration NEW = Duration.ofSeconds(5);

  /** Five a second, so that the looks of a crowd do not crowd out its results. */
  private static final int LOOKS = 50;

  private static final Duration BETWEEN_NEWS = Duration.ofSeconds(30);
  private static final double NEWS = 0.01;

  private final Looks.Question<ResultKey, Optional<StepProgress>> question;
  private final Function<ResultKey, Line> way;
  private final InstantSource clock;
  private final Consumer<ResourceID> wake;
  private final Map<ResultKey, Followed> followed = new HashMap<>();

  Progresses(
      Looks.Question<ResultKey, Optional<StepProgress>> question,
      Function<ResultKey, Line> way,
      InstantSource clock,
      Consumer<ResourceID> wake) {
    this.question = question;
    this.way = way;
    this.clock = clock;
    this.wake = wake;
  }

  /** From now on exactly these steps are followed for this asker. */
  synchronized void follow(ResourceID asker, Set<ResultKey> running) {
    running.forEach(key -> followed.computeIfAbsent(key, Followed::new).askers.add(asker));
    followed
        .entrySet()
        .removeIf(one -> !running.contains(one.getKey()) && one.getValue().left(asker));
  }

  /** What was seen last. */
  synchronized Optional<StepProgress> latest(ResultKey key) {
    return Optional.ofNullable(followed.get(key)).map(step -> step.latest);
  }

  /** One round: asks for steps that are not being asked for. */
  void look() {
    due().forEach(step -> way.apply(step.key).send(step));
  }

  private synchronized List<Followed> due() {
    Instant now = clock.instant();
    List<Followed> due =
        followed.values().stream()
            .filter(step -> step.due(now))
            .sorted(Comparator.comparing(step -> step.lookedAt))
            .limit(LOOKS)
            .toList();
    due.forEach(step -> step.begin(now));
    return due;
  }

  private synchronized List<ResourceID> keep(Followed step, Optional<StepProgress> seen) {
    step.underway = false;
    if (seen.isEmpty()) {
      return List.of();
    }
    step.latest = seen.get();
    Instant now = clock.instant();
    if (!step.news(seen.get()) || now.isBefore(step.toldAt.plus(BETWEEN_NEWS))) {
      return List.of();
    }
    step.told = seen.get();
    step.toldAt = now;
    return List.copyOf(step.askers);
  }

  private synchronized boolean wanted(Followed step) {
    step.underway = !step.askers.isEmpty();
    return step.underway;
  }

  private final class Followed implements Errand {
    private final ResultKey key;
    private final Set<ResourceID> askers = new HashSet<>();
    private boolean underway;
    private @Nullable StepProgress latest;
    private @Nullable StepProgress told;
    private Instant toldAt = Instant.EPOCH;
    private Instant lookedAt = clock.instant(); // or followed since

    Followed(ResultKey key) {
      this.key = key;
    }

    boolean due(Instant now) {
      return !underway && !now.isBefore(lookedAt.plus(NEW));
    }

    void begin(Instant now) {
      underway = true;
      lookedAt = now;
    }

    boolean left(ResourceID asker) {
      return askers.remove(asker) && askers.isEmpty();
    }

    boolean news(StepProgress seen) {
      StepProgress before = told;
      return before == null
          || !before.attempt().equals(seen.attempt())
          || Math.abs(seen.fraction() - before.fraction()) >= NEWS;
    }

    @Override
    public String namespace() {
      return key.tenant().namespace();
    }

    @Override
    public boolean wanted() {
      return Progresses.this.wanted(this);
    }

    @Override
    public void run() throws Trouble {
      keep(this, question.ask(key)).forEach(wake);
    }

    /** The results say that the store is away. */
    @Override
    public void troubled(Trouble trouble) {}
  }
}
