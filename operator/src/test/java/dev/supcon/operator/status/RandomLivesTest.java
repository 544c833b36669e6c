package dev.supcon.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.decide.Decision;
import dev.supcon.operator.observe.Result;
import dev.supcon.operator.observe.SomeJob;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to an experiment, in whatever order: what holds always. A small model of the
 * cluster plays Kubernetes, and the laws are checked against each status in turn.
 */
final class RandomLivesTest {
  private static final int TICKS = 120;
  private static final int RETRIES = 2;

  private static final class Cluster {
    final Life life = new Life();
    final Random random;
    final Map<String, Long> checkpoints = new HashMap<>();
    final Set<String> acting = new HashSet<>();
    boolean storeAnswers = true;

    Cluster(int seed) {
      random = new Random(seed);
      life.world.spec = spec(false);
    }

    static String spec(boolean suspend) {
      return """
      transfer: [{data: {name: shapes-novel}}]
      corruption: {}
      execution: {retries: %d, pendingSeconds: 3000, suspend: %s}
      """
          .formatted(RETRIES, suspend);
    }

    void tick() {
      for (String name : Set.copyOf(acting)) {
        happen(name.substring(0, name.lastIndexOf('-')), name);
      }
      if (random.nextInt(8) == 0) {
        storeAnswers = !storeAnswers;
      }
      if (random.nextInt(20) == 0) {
        life.world.spec = spec(random.nextBoolean());
      }
      life.world.at(life.world.now + 2 + random.nextInt(200));
      look();
    }

    private void happen(String step, String name) {
      int number = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
      long now = life.world.now;
      switch (random.nextInt(12)) {
        case 0 -> end(name, () -> life.world.hit(step).job(step, number).complete(now));
        case 1 -> end(name, () -> life.world.job(step, number).complete(now));
        case 2 -> {
          checkpoints.merge(step, 10L, Long::sum);
          end(name, () -> stopped(step, number));
        }
        case 3 -> end(name, () -> stopped(step, number));
        case 4 -> end(name, () -> life.world.job(step, number).exited(1, now, "x").failed(now));
        case 5 -> end(name, () -> life.world.job(step, number).disrupted(now));
        case 6 -> {
          life.world.jobs.remove(name);
          acting.remove(name);
        }
        case 7 -> {
          if (random.nextInt(10) == 0) {
            end(name, () -> life.world.job(step, number).failedByRule(2, 65, now));
          }
        }
        default -> life.world.job(step, number).running(Math.max(0, now - 50));
      }
    }

    private SomeJob stopped(String step, int number) {
      long now = life.world.now;
      return life.world.job(step, number).exited(75, now, "").failedByRule(1, 75, now);
    }

    private void end(String name, Runnable how) {
      how.run();
      acting.remove(name);
    }

    private void look() {
      life.world
          .plan()
          .steps()
          .forEach(
              step -> {
                if (life.world.results.get(step.name()) instanceof Result.Hit) {
                  return;
                }
                if (storeAnswers) {
                  life.world.miss(step.name(), checkpoints.getOrDefault(step.name(), -1L));
                } else {
                  life.world.results.put(step.name(), new Result.Unknown("down"));
                }
              });
    }

    void apply(Decision decision) {
      for (Decision.Start start : decision.starts()) {
        String name = start.step().name() + "-" + start.number();
        assertThat(acting).as("pods of one step").noneMatch(other -> sameStep(other, name));
        assertThat(life.world.jobs).as("numbers are new").doesNotContainKey(name);
        life.world.job(start.step().name(), start.number()).created(life.world.now);
        acting.add(name);
      }
      for (String stop : decision.stops()) {
        life.world.jobs.entrySet().removeIf(entry -> isJob(entry.getValue(), stop));
        acting.retainAll(life.world.jobs.keySet());
      }
    }

    private static boolean sameStep(String one, String other) {
      return one.substring(0, one.lastIndexOf('-'))
          .equals(other.substring(0, other.lastIndexOf('-')));
    }

    private static boolean isJob(SomeJob job, String name) {
      return job.job().getMetadata().getName().equals(name);
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theLawsHoldInEveryLife(int seed) {
    Cluster cluster = new Cluster(seed);
    cluster.look();
    for (int i = 0; i < TICKS && cluster.life.status.result() == null; i++) {
      Decision decision = cluster.life.reconcile();
      follows(cluster);
      cluster.apply(decision);
      cluster.tick();
    }
    ExperimentStatus end = cluster.life.status;
    if (end.result() != null) {
      assertThat(cluster.acting)
          .as("jobs that act when all is over")
          .allMatch(name -> end.steps().stream().anyMatch(row -> done(row, name)));
    }
  }

  private static boolean done(StepStatus row, String name) {
    return row.state().done() && name.startsWith(row.name());
  }

  private static void follows(Cluster cluster) {
    ExperimentStatus before = cluster.life.before;
    ExperimentStatus now = cluster.life.status;
    assertThat(now.conditions()).hasSize(ConditionType.values().length);
    for (Condition condition : now.conditions()) {
      transition(before, condition, cluster.life.world.time());
    }
    boolean complete = holds(now, ConditionType.COMPLETE);
    boolean failed = holds(now, ConditionType.FAILED);
    assertThat(complete && failed).isFalse();
    assertThat(holds(now, ConditionType.FINISHED)).isEqualTo(complete || failed);
    assertThat(now.result() != null).isEqualTo(complete || failed);
    assertThat(complete).isEqualTo(now.result() == ExperimentStatus.Result.SUCCEEDED);
    assertThat(now.gpuSeconds()).isGreaterThanOrEqualTo(before.gpuSeconds());
    now.steps().forEach(row -> counts(cluster, before, row));
  }

  private static void transition(ExperimentStatus before, Condition condition, Instant time) {
    String expected =
        before
            .condition(condition.type())
            .filter(earlier -> earlier.status().equals(condition.status()))
            .map(Condition::lastTransitionTime)
            .orElse(time.toString());
    assertThat(condition.lastTransitionTime()).as(condition.type()).isEqualTo(expected);
  }

  private static boolean holds(ExperimentStatus status, ConditionType type) {
    return status.condition(type.word()).orElseThrow().holds();
  }

  private static void counts(Cluster cluster, ExperimentStatus before, StepStatus row) {
    assertThat(row.attempts().failures()).as(row.name()).isLessThanOrEqualTo(RETRIES + 1);
    before
        .step(row.name())
        .ifPresent(
            earlier -> {
              assertThat(row.attempts().started())
                  .isGreaterThanOrEqualTo(earlier.attempts().started());
              assertThat(row.attempts().counted())
                  .isGreaterThanOrEqualTo(earlier.attempts().counted());
              assertThat(row.usage().runSeconds())
                  .isGreaterThanOrEqualTo(earlier.usage().runSeconds());
              assertThat(earlier.state().done() && !row.state().done()).isFalse();
            });
    if (cluster.life.world.results.get(row.name()) instanceof Result.Hit) {
      assertThat(row.state().done()).isTrue();
    }
  }
}
