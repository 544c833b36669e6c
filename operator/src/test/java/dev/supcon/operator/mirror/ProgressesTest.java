package dev.supcon.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.StepKey;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProgressesTest {
  private static final ResourceID ANNA = new ResourceID("anna", "team");
  private static final Whereabouts TENANT =
      new Whereabouts("team", "s3://bucket/team", "http://127.0.0.1:9", "");

  private Instant now = Instant.EPOCH;
  private final Lines lines = new Lines(() -> now, (system, outcome, took) -> {});
  private final Queue<ResultKey> asked = new ConcurrentLinkedQueue<>();
  private final Progresses progresses =
      new Progresses(
          key -> {
            asked.add(key);
            return Optional.empty();
          },
          key -> lines.to(Outside.STORE, "store"),
          () -> now,
          asker -> {});

  @AfterEach
  void close() {
    lines.close();
  }

  @Test
  void aStepThatHasJustBegunIsNotAskedFor() {
    progresses.follow(ANNA, steps(1));
    progresses.look();
    assertThat(asked).isEmpty();

    now = now.plus(Progresses.ROUND);
    progresses.look();
    Woken.until(() -> asked.size() == 1);
  }

  @Test
  void ofACrowdEachHasItsTurn() {
    progresses.follow(ANNA, steps(120));
    now = now.plus(Progresses.ROUND);
    progresses.look();
    Woken.until(() -> asked.size() == 50);

    for (int round = 2; round <= 3; round++) {
      now = now.plus(Duration.ofSeconds(1));
      progresses.look();
      int expected = Math.min(120, round * 50);
      Woken.until(() -> asked.size() == expected);
    }
    assertThat(new HashSet<>(asked)).isEqualTo(steps(120));
  }

  private static Set<ResultKey> steps(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new ResultKey(TENANT, new StepKey("%064x".formatted(i))))
        .collect(Collectors.toSet());
  }
}
