package dev.supcon.operator.status;

import static dev.supcon.operator.observe.SomeJob.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.Violation;
import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.ExperimentStatus.Result;
import dev.supcon.operator.api.Links;
import dev.supcon.operator.api.Metric;
import dev.supcon.operator.api.StepStatus.State;
import dev.supcon.operator.decide.World;
import dev.supcon.operator.observe.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StatusReducerTest {
  private final Life life = new Life();
  private final World world = life.world;

  @Test
  void everyConditionIsThereFromTheFirstVisit() {
    life.next(new Outlook.Resolving(true, "the data's digest is asked for"));

    assertThat(life.status.conditions())
        .extracting(Condition::type)
        .containsExactlyElementsOf(
            Arrays.stream(ConditionType.values()).map(ConditionType::word).toList());
    assertThat(life.status.observedGeneration()).isEqualTo(1);
    assertThat(life.says(ConditionType.RECONCILING)).isEqualTo("True Resolving");
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("False Resolving");
    assertThat(life.says(ConditionType.QUOTA_RESERVED)).isEqualTo("Unknown NotYet");
  }

  @Test
  void aStoreThatDoesNotAnswerIsSaid() {
    life.next(new Outlook.Resolving(false, "s3://bucket does not answer"));

    assertThat(life.says(ConditionType.RECONCILING)).isEqualTo("True StoreUnreachable");
    assertThat(life.says(ConditionType.STALLED)).isEqualTo("False Progressing");
  }

  @Test
  void aWholeLife() {
    world.store();
    life.reconcile();
    assertThat(life.step("augment").state()).isEqualTo(State.PENDING);
    assertThat(life.step("augment").job()).isEqualTo(world.jobName("augment", 1));
    assertThat(life.says(ConditionType.RECONCILING)).isEqualTo("False Accepted");
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("False Pending");
    assertThat(life.says(ConditionType.QUOTA_RESERVED)).isEqualTo("True NoQueue");
    assertThat(life.events()).containsExactly("Planned", "StepStarted");

    world.at(5).job("augment", 1).running(3);
    world.progress.put("augment", new Progress("pod-1", 0.5, "packing", START.plusSeconds(5)));
    life.reconcile();
    assertThat(life.step("augment").state()).isEqualTo(State.RUNNING);
    assertThat(life.step("augment").message()).isEqualTo("packing");
    assertThat(life.step("augment").progressPercent()).isEqualTo(50);
    assertThat(life.status.activeSteps()).isEqualTo("augment");
    assertThat(life.status.progressPercent()).isEqualTo(16);
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("False Running");

    world.at(33).hit("augment").job("augment", 1).complete(33);
    life.reconcile();
    assertThat(life.step("augment").state()).isEqualTo(State.SUCCEEDED);
    assertThat(life.step("augment").artifact()).isEqualTo("m-augment");
    assertThat(life.step("augment").finishedAt()).isEqualTo(START.plusSeconds(33).toString());
    assertThat(life.step("pretrain").state()).isEqualTo(State.PENDING);
    assertThat(life.events()).containsExactly("StepSucceeded", "StepStarted");

    world.at(40).hit("pretrain").hit("linear");
    life.reconcile();
    assertThat(life.status.result()).isEqualTo(Result.SUCCEEDED);
    assertThat(life.step("linear").state()).isEqualTo(State.CACHED);
    assertThat(life.says(ConditionType.COMPLETE)).isEqualTo("True AllStepsSucceeded");
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("True Succeeded");
    assertThat(life.says(ConditionType.FAILED)).isEqualTo("False Succeeded");
    assertThat(life.status.progressPercent()).isEqualTo(100);
    assertThat(life.status.activeSteps()).isNull();
    assertThat(life.status.gpuSeconds()).isEqualTo(66);
    assertThat(life.status.gpuHours()).isEqualTo(0.02);
    assertThat(life.events()).containsExactly("StepSucceeded", "StepCached", "Completed");
  }

  @Test
  void theSameSightGivesTheSameStatus() {
    world.store("augment").job("pretrain", 1).running(1);
    world.at(100);
    life.reconcile();
    life.reconcile();

    assertThat(life.status).isEqualTo(life.before);
    assertThat(life.events()).isEmpty();
    world.at(109);
    life.reconcile();
    assertThat(life.status).isEqualTo(life.before);
  }

  @Test
  void aTransitionTimeChangesOnlyWithItsStatus() {
    world.store();
    life.reconcile();
    String since = life.condition(ConditionType.FINISHED).lastTransitionTime();

    world.at(50).job("augment", 1).running(50);
    life.reconcile();
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("False Running");
    assertThat(life.condition(ConditionType.FINISHED).lastTransitionTime()).isEqualTo(since);

    world.at(70).store("augment", "pretrain", "linear");
    life.reconcile();
    assertThat(life.condition(ConditionType.FINISHED).lastTransitionTime())
        .isEqualTo(START.plusSeconds(70).toString());
    assertThat(life.condition(ConditionType.STALLED).lastTransitionTime()).isEqualTo(since);
  }

  @Test
  void theTimeToGoFollowsThePaceOfAllAttempts() {
    world.store("augment");
    world.job("pretrain", 1).exited(75, 600, "").failedByRule(1, 75, 600);
    world.job("pretrain", 2).running(600);
    world
        .at(900)
        .progress
        .put("pretrain", new Progress("pod-2", 0.75, "epoch 75", START.plusSeconds(899)));

    life.reconcile();

    assertThat(life.step("pretrain").etaSeconds()).isEqualTo(300);
    world.at(930);
    life.reconcile();
    assertThat(life.step("pretrain").etaSeconds()).isEqualTo(300);
  }

  @Test
  void aRefusalStallsAtOnceAndEndsWhenNothingElseActs() {
    world.spec = "{transfer: [{data: {name: shapes-novel}}]}";
    world.store("augment", "pretrain", "augment-shapes-novel");
    world.job("linear", 1).failedByRule(2, 65, 10);
    world.job("transfer-shapes-novel", 1).running(5);
    world.at(11);
    life.reconcile();
    assertThat(life.says(ConditionType.STALLED)).isEqualTo("True StepFailed");
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("False Running");
    assertThat(life.step("linear").reason()).isEqualTo("Refused");
    assertThat(life.condition(ConditionType.STALLED).message())
        .startsWith("linear: Refused: exit code 65: The data is damaged");
    assertThat(life.events()).contains("StepFailed");

    world.at(20).hit("transfer-shapes-novel");
    life.reconcile();
    assertThat(life.status.result()).isEqualTo(Result.FAILED);
    assertThat(life.says(ConditionType.FAILED)).isEqualTo("True StepFailed");
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("True Failed");
    assertThat(life.says(ConditionType.COMPLETE)).isEqualTo("False Failed");
    assertThat(life.events()).contains("Failed");
  }

  @Test
  void aDeadlineEndsTheExperimentOnceItsJobIsGone() {
    world.spec = "{execution: {pendingSeconds: 100}}";
    world.job("augment", 1).unscheduled("Unschedulable", "no GPU");
    world.at(50).store();
    life.reconcile();
    assertThat(life.step("augment").reason()).isEqualTo("Unschedulable");
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("False Pending");
    assertThat(life.condition(ConditionType.FINISHED).message())
        .isEqualTo("augment: Unschedulable: no GPU");
    assertThat(life.events()).contains("StepPending");

    world.at(100);
    life.reconcile();
    assertThat(life.says(ConditionType.STALLED)).isEqualTo("True DeadlineExceeded");
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("False Waiting");
    assertThat(life.events()).containsExactly("DeadlineExceeded");

    world.jobs.clear();
    life.reconcile();
    assertThat(life.says(ConditionType.FAILED)).isEqualTo("True DeadlineExceeded");
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("True Failed");
  }

  @Test
  void aLostNodeStallsButEndsNothing() {
    world.job("augment", 1).running(0).deletedPod(30);
    world.at(100).store();
    life.reconcile();

    assertThat(life.step("augment").state()).isEqualTo(State.NODE_LOST);
    assertThat(life.says(ConditionType.STALLED)).isEqualTo("True NodeLost");
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("False Stalled");
    assertThat(life.events()).contains("NodeLost");
  }

  @Test
  void suspensionHoldsWhenNothingActsAnyMore() {
    world.store().job("augment", 1).running(0);
    life.reconcile();
    world.spec = "{execution: {suspend: true}}";
    life.reconcile();
    assertThat(life.says(ConditionType.SUSPENDED)).isEqualTo("False SuspendedByUser");

    world.jobs.clear();
    life.reconcile();
    assertThat(life.says(ConditionType.SUSPENDED)).isEqualTo("True SuspendedByUser");
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("False Suspended");
    assertThat(life.step("augment").state()).isEqualTo(State.SUSPENDED);
    assertThat(life.events()).containsExactly("Suspended");

    world.spec = "{}";
    assertThat(life.reconcile().starts()).hasSize(1);
    assertThat(life.says(ConditionType.SUSPENDED)).isEqualTo("False NotSuspended");
    assertThat(life.events()).containsExactly("StepResumed", "Resumed");
  }

  @Test
  void theQueuesSayIsMirrored() {
    world.spec = "{execution: {queue: gpus}}";
    world.store().job("augment", 1).queued();
    world.podless.add("augment-1");
    life.reconcile();
    assertThat(life.says(ConditionType.QUOTA_RESERVED)).isEqualTo("False QuotaWait");
    assertThat(life.says(ConditionType.SUSPENDED)).isEqualTo("True QueuedByKueue");
    assertThat(life.events()).contains("QuotaWaiting");

    world.podless.clear();
    world.at(90).job("augment", 1).running(10);
    life.reconcile();
    assertThat(life.says(ConditionType.QUOTA_RESERVED)).isEqualTo("True Admitted");
    assertThat(life.says(ConditionType.SUSPENDED)).isEqualTo("False NotSuspended");

    world.job("augment", 1).queued();
    world.podless.add("augment-1");
    life.reconcile();
    assertThat(life.says(ConditionType.SUSPENDED)).isEqualTo("True Preempted");
    assertThat(life.step("augment").attempts().preemptions()).isEqualTo(1);
    assertThat(life.events()).contains("StepPreempted");
  }

  @Test
  void whoFollowsSaysWhomAndPaysNothing() {
    world.store().job("augment", 1).running(0).ownedBy("older", "other-uid");
    world.at(100);
    life.reconcile();

    assertThat(life.step("augment").state()).isEqualTo(State.RUNNING);
    assertThat(life.step("augment").leader()).isEqualTo("older");
    assertThat(life.status.gpuSeconds()).isZero();
    assertThat(life.events()).doesNotContain("StepStarted");
  }

  @Test
  void aRefusedSpecNamesItsFields() {
    Violation violation = new Violation("spec.seed", "is -1, out of range", "write 0");
    life.next(new Outlook.Rejected(List.of(violation), true));

    assertThat(life.says(ConditionType.STALLED)).isEqualTo("True InvalidSpec");
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("True Failed");
    assertThat(life.condition(ConditionType.STALLED).message())
        .isEqualTo("spec.seed: is -1, out of range; write 0");
    assertThat(life.status.result()).isEqualTo(Result.FAILED);
    assertThat(life.events()).containsExactly("SpecRejected", "Failed");
  }

  @Test
  void whatTheAdministratorDidNotGiveIsWaitedFor() {
    life.next(new Outlook.Unconfigured("namespace team has no entry"));
    assertThat(life.says(ConditionType.STALLED)).isEqualTo("True NotConfigured");
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("False Stalled");
    assertThat(life.events()).containsExactly("NotConfigured");

    world.store();
    life.reconcile();
    assertThat(life.says(ConditionType.STALLED)).isEqualTo("False Progressing");
  }

  @Test
  void dataThatIsNotThereStalls() {
    life.next(new Outlook.Missing("s3://bucket/data holds nothing"));

    assertThat(life.says(ConditionType.STALLED)).isEqualTo("True DependencyMissing");
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("False Stalled");
    assertThat(life.condition(ConditionType.FINISHED).message())
        .isEqualTo("s3://bucket/data holds nothing");
    assertThat(life.events()).containsExactly("DependencyMissing");
  }

  @Test
  void anEndedExperimentIsOnlyTracked() {
    world.store("augment", "pretrain", "linear");
    life.reconcile();
    Links links = new Links(null, "https://mlflow/run");
    Tracking late =
        new Tracking(Tracking.Sync.UNREACHABLE, "mlflow is down", links, Map.of("linear", "r1"));

    ExperimentStatus tracked = StatusReducer.tracked(life.status, late, world.at(99).time());

    assertThat(tracked.condition("TrackingSynced").orElseThrow().reason())
        .isEqualTo("MlflowUnreachable");
    assertThat(tracked.step("linear").orElseThrow().mlflowRun()).isEqualTo("r1");
    assertThat(tracked.links()).isEqualTo(new Links("s3://bucket/team", "https://mlflow/run"));
    assertThat(tracked.metrics()).isEqualTo(life.status.metrics());
    assertThat(tracked.condition("Finished")).isEqualTo(life.status.condition("Finished"));
    assertThat(StatusReducer.tracked(tracked, late, world.at(200).time())).isEqualTo(tracked);
    assertThat(StatusEvents.between(life.status, tracked))
        .extracting(StatusEvents.Told::reason)
        .containsExactly(EventReason.TRACKER_UNREACHABLE);
  }

  @Test
  void theHeadlineBeginsWithWhatPeopleAskFirst() {
    world.store("augment", "pretrain", "linear");
    world.results.put(
        "linear",
        new dev.supcon.operator.observe.Result.Hit(
            "m", Map.of("classifier.test.top1", 0.9, "classifier.test.ece", 0.1, "odd", 1.0)));
    life.reconcile();

    assertThat(life.status.metrics())
        .extracting(Metric::name)
        .startsWith("classifier.test.top1", "classifier.test.ece");
  }

  @Test
  void whatAnotherComputedBeforeIsCachedAlsoWhileItsJobsAreThere() {
    world.uid = "another";
    world.at(30).job("augment", 1).complete(20);
    world.store().results.remove("augment");
    life.reconcile();
    assertThat(life.step("augment").state()).isEqualTo(State.WAITING);
    world.hit("augment");
    life.reconcile();

    assertThat(life.step("augment").state()).isEqualTo(State.CACHED);
    assertThat(life.step("augment").startedAt()).isNull();
  }

  @Test
  void anotherGenerationOpensTheConditionsAgain() {
    world.store("augment", "pretrain", "linear");
    life.reconcile();
    life.generation = 2;
    world.spec = "{seed: 1}";
    world.at(10).store("augment");
    life.reconcile();

    assertThat(life.status.result()).isNull();
    assertThat(life.says(ConditionType.FINISHED)).isEqualTo("False Pending");
    assertThat(life.says(ConditionType.COMPLETE)).isEqualTo("False NotFinished");
    assertThat(life.condition(ConditionType.COMPLETE).observedGeneration()).isEqualTo(2);
    assertThat(life.step("augment").state()).isEqualTo(State.CACHED);
  }
}
