package dev.supcon.operator.status;

import dev.supcon.operator.SomePlan;
import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.decide.Decision;
import dev.supcon.operator.decide.World;
import java.util.List;
import java.util.Map;

/** An experiment whose status is written again and again. */
final class Life {
  final World world = new World();
  Tracking tracking = new Tracking(Tracking.Sync.NOT_TRACKED, "no MLflow", World.links(), Map.of());
  ExperimentStatus before = ExperimentStatus.UNSEEN;
  ExperimentStatus status = ExperimentStatus.UNSEEN;
  long generation = 1;

  /** One reconcile of an experiment with a plan. */
  Decision reconcile() {
    world.previous = status;
    Decision decision = world.decide();
    next(
        new Outlook.Planned(
            world.resolved(),
            SomePlan.spec(world.spec).execution(),
            world.plan(),
            world.seen(),
            decision));
    return decision;
  }

  void next(Outlook outlook) {
    before = status;
    status =
        StatusReducer.tracked(
            StatusReducer.next(status, generation, outlook, world.time()), tracking, world.time());
  }

  StepStatus step(String name) {
    return status.step(name).orElseThrow();
  }

  Condition condition(ConditionType type) {
    return status.condition(type.word()).orElseThrow();
  }

  /** Such as {@code True Succeeded}. */
  String says(ConditionType type) {
    return condition(type).status() + " " + condition(type).reason();
  }

  List<String> events() {
    return StatusEvents.between(before, status).stream().map(told -> told.reason().word()).toList();
  }
}
