package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.StepStatus.State;
import java.util.List;
import java.util.function.Consumer;

/**
 * A life for the stage: what the user does in it.
 *
 * @param experiments those that end in it
 */
record Play(String name, List<String> experiments, Consumer<Stage> user) {

  static final Play SUCCESS =
      new Play(
          "every kind of step",
          List.of("whole"),
          stage ->
              stage.apply(
                  "whole",
                  "{\"corruption\":{},\"transfer\":[{\"data\":{\"name\":\"shapes-novel\"}}]}"));

  static final Play FAULTS =
      new Play(
          "a fault, an eviction, a success",
          List.of("faulty"),
          stage -> {
            stage.kubelet().next("pretrain", PlayedKubelet.Act.FAIL, PlayedKubelet.Act.EVICTED);
            stage.apply("faulty", "{}");
          });

  static final Play PAUSE =
      new Play(
          "suspended and resumed",
          List.of("paused"),
          stage -> {
            stage.kubelet().next("pretrain", PlayedKubelet.Act.RUN);
            stage.apply("paused", "{}");
            stage.until("paused", Stage.step("pretrain", State.RUNNING));
            stage.apply("paused", "{\"execution\":{\"suspend\":true}}");
            stage.until("paused", Stage.holds("Suspended"));
            stage.apply("paused", "{\"execution\":{\"suspend\":false}}");
          });

  static final Play LEADER =
      new Play(
          "the leader is deleted",
          List.of("shares"),
          stage -> {
            stage.kubelet().next("pretrain", PlayedKubelet.Act.RUN);
            stage.apply("leads", "{}");
            stage.until("leads", Stage.step("pretrain", State.RUNNING));
            stage.letASecondPass(); // ages are told in whole seconds
            stage.apply("shares", "{\"linear\":{\"epochs\":3}}");
            stage.until("shares", Stage.step("pretrain", State.RUNNING));
            stage.experiment("leads").delete();
          });

  static final Play CHANGE =
      new Play(
          "the spec changes while a step runs",
          List.of("changed"),
          stage -> {
            stage.kubelet().next("pretrain", PlayedKubelet.Act.RUN);
            stage.apply("changed", "{}");
            stage.until("changed", Stage.step("pretrain", State.RUNNING));
            stage.apply("changed", "{\"seed\":1}");
          });

  static List<Play> all() {
    return List.of(SUCCESS, FAULTS, PAUSE, LEADER, CHANGE);
  }

  @Override
  public String toString() {
    return name;
  }
}
