package dev.supcon.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.decide.World;
import org.junit.jupiter.api.Test;

final class UrgencyTest {
  private final Life life = new Life();
  private final World world = life.world;

  @Test
  void whatWasNeverSaidIsUrgent() {
    world.store();
    life.reconcile();

    assertThat(Urgency.of(ExperimentStatus.UNSEEN, life.status)).isTrue();
  }

  @Test
  void thatAPodRunsMayWait() {
    world.store();
    life.reconcile();
    ExperimentStatus started = life.status;
    world.at(5).job("augment", 1).running(3);
    life.reconcile();

    assertThat(life.status).isNotEqualTo(started);
    assertThat(Urgency.of(started, life.status)).isFalse();
  }

  @Test
  void anEndIsUrgent() {
    world.store();
    life.reconcile();
    ExperimentStatus started = life.status;
    world.at(5).hit("augment");
    life.reconcile();

    assertThat(Urgency.of(started, life.status)).isTrue();
  }
}
