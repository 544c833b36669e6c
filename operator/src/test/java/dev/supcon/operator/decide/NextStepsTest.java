package dev.supcon.operator.decide;

import static dev.supcon.operator.observe.SomeJob.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.ExecutionSpec;
import dev.supcon.operator.SomePlan;
import dev.supcon.operator.api.AttemptCounts;
import dev.supcon.operator.api.Condition;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.StepStatus;
import dev.supcon.operator.api.StepStatus.State;
import dev.supcon.operator.api.Usage;
import dev.supcon.operator.observe.Progress;
import dev.supcon.operator.observe.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NextStepsTest {
  private final World world = new World();

  @Test
  void aStepStartsWhenAllThatItReadsIsThere() {
    Decision first = world.store().decide();

    assertThat(starts(first)).containsExactly("augment-1");
    assertThat(why(first, "pretrain")).isEqualTo(Wait.DEPENDENCY);
    assertThat(starts(world.store("augment").decide())).containsExactly("pretrain-1");
    assertThat(starts(world.store("augment", "pretrain").decide())).containsExactly("linear-1");
    assertThat(starts(world.store("augment", "pretrain", "linear").decide())).isEmpty();
  }

  @Test
  void stepsThatDoNotNeedEachOtherStartTogether() {
    world.spec =
        """
        {transfer: [{data: {name: shapes-novel}}], corruption: {}}
        """;

    assertThat(starts(world.store().decide()))
        .containsExactly("augment-1", "augment-shapes-novel-1");
    assertThat(starts(world.store("augment", "augment-shapes-novel", "pretrain").decide()))
        .containsExactly("linear-1", "transfer-shapes-novel-1");
  }

  @Test
  void withoutTheStoreNothingStarts() {
    world.results.put("augment", new Result.Unknown("the store does not answer"));

    Decision decision = world.decide();

    assertThat(starts(decision)).isEmpty();
    assertThat(decision.move("augment"))
        .isEqualTo(new Move.Hold(Wait.STORE, "the store does not answer"));
  }

  @Test
  void whatRunsIsNotStartedAgain() {
    world.job("augment", 1).running(0);

    Decision decision = world.store().decide();

    assertThat(starts(decision)).isEmpty();
    assertThat(decision.move("augment")).isEqualTo(new Move.Watch());
    assertThat(decision.quiet()).isFalse();
  }

  @Test
  void whatAnotherLeftBeforeIsAskedForAndNotWatched() {
    world.uid = "another";
    world.job("augment", 1).complete(20);
    world.results.put("augment", new Result.Unknown("the store is asked"));

    assertThat(why(world.at(30).decide(), "augment")).isEqualTo(Wait.STORE);
    world.previous = status(row("augment", State.RUNNING, counts(1, 0)));
    assertThat(world.decide().move("augment")).isEqualTo(new Move.Watch());
  }

  @Test
  void aJobThatWasDeletedByHandIsMadeAgainUnderAnotherNumber() {
    world.previous = status(row("augment", State.RUNNING, counts(1, 0)));

    assertThat(starts(world.store().decide())).containsExactly("augment-2");
  }

  @Test
  void nothingStartsWhileAnEarlierPodStillEnds() {
    world.job("augment", 1).running(0).deletedPod(30);
    world.jobless.add("augment-1");

    Decision decision = world.at(20).store().decide();

    assertThat(starts(decision)).isEmpty();
    assertThat(why(decision, "augment")).isEqualTo(Wait.ENDING);
    assertThat(decision.lookAgain()).contains(START.plusSeconds(90));
  }

  @Test
  void aDisruptedStepGoesOnAtOnceAndFree() {
    world.job("augment", 1).running(0).disrupted(50);
    world.podless.add("augment-1");

    Decision decision = world.at(51).store().decide();

    assertThat(starts(decision)).containsExactly("augment-2");
    assertThat(decision.account("augment").counts().preemptions()).isEqualTo(1);
    assertThat(decision.account("augment").counts().failures()).isZero();
  }

  @Test
  void whoAsksToBeResumedIsResumedAtOnceAndFree() {
    world.job("augment", 1).exited(75, 50, "").failedByRule(1, 75, 51);

    assertThat(starts(world.at(51).store().decide())).isEmpty();
    Decision decision = world.at(52).store().miss("augment", 7).decide();

    assertThat(starts(decision)).containsExactly("augment-2");
    AttemptCounts counts = decision.account("augment").counts();
    assertThat(counts.resumes()).isEqualTo(1);
    assertThat(counts.fruitless()).isZero();
    assertThat(counts.checkpoint()).isEqualTo(7);
  }

  @Test
  void theThirdResumeWithoutANewCheckpointFails() {
    world.previous = status(row("augment", State.RUNNING, new AttemptCounts(3, 2, 0, 0, 3, 2, 7L)));
    world.job("augment", 3).exited(75, 50, "").failedByRule(1, 75, 51);

    assertThat(world.at(60).store().miss("augment", 7).decide().move("augment"))
        .isInstanceOfSatisfying(
            Move.Fail.class,
            fail -> assertThat(fail.failure().reason()).isEqualTo(Failure.Reason.NO_PROGRESS));
    assertThat(starts(world.miss("augment", 8).decide())).containsExactly("augment-4");
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 20", "3, 40"})
  void aFaultIsTriedAgainAfterADoublingTime(int failures, long delay) {
    world.previous =
        status(
            row(
                "augment",
                State.RUNNING,
                new AttemptCounts(failures, failures - 1, failures - 1, 0, 0, 0, -1L)));
    world.job("augment", failures).exited(1, 50, "why").failed(50);

    Decision early = world.at(50 + delay - 1).store().decide();
    assertThat(starts(early)).isEmpty();
    assertThat(early.move("augment"))
        .isEqualTo(
            new Move.Hold(
                Wait.BACKOFF,
                "is tried again at "
                    + START.plusSeconds(50 + delay)
                    + " after exit code 1 (Error): why"));
    assertThat(early.lookAgain()).contains(START.plusSeconds(50 + delay));

    assertThat(starts(world.at(50 + delay).store().decide()))
        .containsExactly("augment-" + (failures + 1));
  }

  @Test
  void theBackoffIsAtMostSixMinutes() {
    world.spec = "{execution: {retries: 100}}";
    world.previous =
        status(row("augment", State.RUNNING, new AttemptCounts(90, 89, 89, 0, 0, 0, -1L)));
    world.job("augment", 90).exited(1, 50, "").failed(50);

    assertThat(world.at(51).store().decide().lookAgain()).contains(START.plusSeconds(50 + 360));
  }

  @Test
  void afterItsRetriesAFaultIsFinal() {
    world.previous =
        status(row("augment", State.RUNNING, new AttemptCounts(4, 3, 3, 0, 0, 0, -1L)));
    world.job("augment", 4).exited(137, 50, "").failed(50);

    Decision decision = world.at(51).store().decide();

    assertThat(decision.move("augment"))
        .isInstanceOfSatisfying(
            Move.Fail.class,
            fail -> {
              assertThat(fail.failure().reason()).isEqualTo(Failure.Reason.RETRIES_EXHAUSTED);
              assertThat(fail.failure().message()).contains("4 faults", "OOMKilled");
            });
    assertThat(why(decision, "pretrain")).isEqualTo(Wait.DEPENDENCY_FAILED);
    assertThat(why(decision, "linear")).isEqualTo(Wait.DEPENDENCY_FAILED);
  }

  @Test
  void everyEndCountsOnce() {
    world.previous =
        status(row("augment", State.WAITING, new AttemptCounts(1, 1, 1, 0, 0, 0, -1L)));
    world.job("augment", 1).exited(1, 50, "").failed(50);

    assertThat(world.at(51).store().decide().account("augment").counts().failures()).isEqualTo(1);
  }

  @Test
  void aRefusalIsFinalAndWhatDoesNotDependOnItGoesOn() {
    world.spec = "{transfer: [{data: {name: shapes-novel}}], corruption: {}}";
    world.job("linear", 1).exited(65, 50, "").failedByRule(2, 65, 51);

    Decision decision = world.at(52).store("augment", "augment-shapes-novel", "pretrain").decide();

    assertThat(decision.move("linear")).isInstanceOf(Move.Fail.class);
    assertThat(why(decision, "corruption")).isEqualTo(Wait.DEPENDENCY_FAILED);
    assertThat(starts(decision)).containsExactly("transfer-shapes-novel-1");
  }

  @Test
  void aFailureStaysFinalWhenItsJobIsGone() {
    world.previous = status(row("augment", State.FAILED, counts(1, 1)));

    assertThat(world.store().decide().move("augment"))
        .isEqualTo(new Move.Fail(new Failure(Failure.Reason.REFUSED, "why")));
  }

  @Test
  void anEditedSpecGivesAFailedStepANewChance() {
    world.previous = status(row("augment", State.FAILED, new AttemptCounts(4, 4, 4, 2, 0, 0, 9L)));
    world.resolvedAt = 60;
    world.job("augment", 4).exited(1, 50, "").failed(50);

    Decision decision = world.at(61).store().decide();

    assertThat(starts(decision)).containsExactly("augment-5");
    assertThat(decision.account("augment").counts())
        .isEqualTo(new AttemptCounts(5, 4, 0, 2, 0, 0, 9L));
  }

  @Test
  void aResultThatAppearsAfterAllEndsTheFailure() {
    world.previous = status(row("augment", State.FAILED, counts(1, 1)));

    assertThat(world.store("augment").decide().move("augment")).isInstanceOf(Move.Done.class);
  }

  @Test
  void whatCannotStartFailsAtItsDeadlineAndItsJobGoes() {
    world.spec = "{execution: {pendingSeconds: 100}}";
    world.job("augment", 1).unscheduled("Unschedulable", "0/1 nodes: no GPU");

    Decision before = world.at(99).store().decide();
    assertThat(before.move("augment")).isEqualTo(new Move.Watch());
    assertThat(before.lookAgain()).contains(START.plusSeconds(100));

    Decision after = world.at(100).decide();
    assertThat(after.move("augment"))
        .isInstanceOfSatisfying(
            Move.Fail.class,
            fail ->
                assertThat(fail.failure().message())
                    .isEqualTo("not started within 100 s: Unschedulable: 0/1 nodes: no GPU"));
    assertThat(after.stops()).containsExactly(jobName("augment", 1));
    assertThat(after.quiet()).isFalse();
  }

  @Test
  void waitingForQuotaNeverCounts() {
    world.spec = "{execution: {pendingSeconds: 1, queue: gpus}}";
    world.job("augment", 1).queued();
    world.podless.add("augment-1");

    Decision decision = world.at(1_000_000).store().decide();

    assertThat(decision.move("augment")).isEqualTo(new Move.Watch());
    assertThat(decision.lookAgain()).isEmpty();
  }

  @Test
  void aPreemptionByTheQueueIsCountedOnce() {
    world.previous = status(row("augment", State.RUNNING, counts(1, 0)));
    world.job("augment", 1).queued();
    world.podless.add("augment-1");

    AttemptCounts counts = world.store().decide().account("augment").counts();
    assertThat(counts.preemptions()).isEqualTo(1);

    world.previous = status(row("augment", State.PENDING, counts));
    assertThat(world.decide().account("augment").counts().preemptions()).isEqualTo(1);
  }

  @Test
  void theRunningDeadlineIsASumOverPods() {
    world.spec = "{execution: {runningSeconds: 100}}";
    world.previous =
        status(row("augment", State.RUNNING, counts(2, 1), new Usage(60L, 120L, "pod-1", 60L)));
    world.job("augment", 2).running(10);

    Decision before = world.at(49).store().decide();
    assertThat(before.move("augment")).isEqualTo(new Move.Watch());
    assertThat(before.lookAgain()).contains(START.plusSeconds(50));

    Decision after = world.at(50).decide();
    assertThat(after.move("augment"))
        .isInstanceOfSatisfying(
            Move.Fail.class,
            fail -> assertThat(fail.failure().reason()).isEqualTo(Failure.Reason.RUNNING_DEADLINE));
    assertThat(after.stops()).containsExactly(jobName("augment", 2));
  }

  @Test
  void gpuSecondsAreCountedPerPodFromItsNodeToItsEnd() {
    world.job("augment", 1).exited(75, 47, "").failedByRule(1, 75, 48);
    world.job("augment", 2).running(50);

    Usage usage = world.at(115).store().decide().account("augment").usage();

    assertThat(usage).isEqualTo(new Usage(47L + 60, 2 * (47L + 60), "pod-2", 60L));
    world.previous =
        status(row("augment", State.RUNNING, world.decide().account("augment").counts(), usage));
    assertThat(world.decide().account("augment").usage()).isEqualTo(usage);
  }

  @Test
  void whatAnotherExperimentRunsIsWatchedAndCostsNothing() {
    world.job("augment", 1).running(0).ownedBy("older", "other-uid");

    Decision decision = world.at(1000).store().decide();

    assertThat(decision.move("augment")).isEqualTo(new Move.Watch());
    assertThat(decision.account("augment").usage()).isEqualTo(Usage.NONE);
    assertThat(decision.stops()).isEmpty();
    assertThat(decision.quiet()).isTrue();
  }

  @Test
  void onlyTheLeaderStartsASharedStep() {
    world.leaders.put("augment", "older");

    assertThat(why(world.store().decide(), "augment")).isEqualTo(Wait.LEADER);
    world.leaders.clear();
    assertThat(starts(world.decide())).containsExactly("augment-1");
  }

  @Test
  void aFaultOfAnotherExperimentsJobIsNotInheritedButARefusalIs() {
    world.job("augment", 1).exited(1, 50, "").failed(50).ownedBy("older", "other-uid");
    assertThat(starts(world.at(51).store().decide())).containsExactly("augment-2");

    World refused = new World();
    refused.job("augment", 1).failedByRule(2, 66, 50).ownedBy("older", "other-uid");
    assertThat(refused.at(51).store().decide().move("augment")).isInstanceOf(Move.Fail.class);
  }

  @Test
  void anOldRefusalIsNotInherited() {
    world.job("augment", 1).failedByRule(2, 66, 50).ownedBy("older", "other-uid");
    world.podless.add("augment-1");
    world.resolvedAt = 60;

    assertThat(starts(world.at(61).store().decide())).containsExactly("augment-2");
  }

  @Test
  void suspensionStopsWhatActsAndStartsNothing() {
    world.spec = "{execution: {suspend: true}}";
    world.job("augment", 1).running(0);

    Decision decision = world.store().decide();

    assertThat(decision.stops()).containsExactly(jobName("augment", 1));
    assertThat(why(decision, "augment")).isEqualTo(Wait.SUSPENDED);
    assertThat(decision.quiet()).isFalse();
    world.job("augment", 1).running(0).deletedJob(5);
    assertThat(world.decide().stops()).isEmpty();
    world.jobs.clear();
    assertThat(world.decide().quiet()).isTrue();
    assertThat(starts(world.decide())).isEmpty();
  }

  @Test
  void aJobWhoseKeyLeftThePlanIsStopped() {
    World before = new World();
    before.spec = "{seed: 7}";
    world.jobs.put("old", before.job("pretrain", 1).running(0));
    world.jobs.put("theirs", before.job("pretrain", 2).running(0).ownedBy("older", "other-uid"));

    Decision decision = world.store("augment").decide();

    assertThat(decision.stops()).containsExactly(before.jobName("pretrain", 1));
    assertThat(starts(decision)).containsExactly("pretrain-1");
    assertThat(decision.quiet()).isFalse();
  }

  @Test
  void aJobWhoseResultExistsMayEndByItself() {
    world.job("augment", 1).running(0);

    Decision decision = world.store("augment").decide();

    assertThat(decision.stops()).isEmpty();
    assertThat(decision.quiet()).isTrue();
  }

  @Test
  void aStepWithoutProgressIsStoppedAndTriedAgain() {
    world.stallSeconds.put("augment", 60);
    world.job("augment", 1).running(0);
    world.progress.put("augment", new Progress("pod-1", 0.5, "packing", START.plusSeconds(30)));

    assertThat(world.at(89).store().decide().lookAgain()).contains(START.plusSeconds(90));
    Decision stalled = world.at(90).decide();

    assertThat(stalled.stops()).containsExactly(jobName("augment", 1));
    assertThat(stalled.account("augment").counts().failures()).isEqualTo(1);
    assertThat(why(stalled, "augment")).isEqualTo(Wait.ENDING);

    world.previous = status(row("augment", State.WAITING, stalled.account("augment").counts()));
    world.job("augment", 1).running(0).deletedJob(91).deletedPod(120);
    Decision ending = world.at(100).decide();
    assertThat(ending.account("augment").counts().failures()).isEqualTo(1);
    assertThat(starts(ending)).isEmpty();
    world.jobs.clear();
    assertThat(starts(world.at(121).store().decide())).containsExactly("augment-2");
  }

  @Test
  void aLostNodesStepWaitsHoweverLong() {
    world.job("augment", 1).running(0).deletedPod(30);

    Decision decision = world.at(100_000).store().decide();

    assertThat(decision.move("augment")).isEqualTo(new Move.Watch());
    assertThat(starts(decision)).isEmpty();
  }

  @Test
  void theNamespacesLimitHoldsStepsBack() {
    world.spec = "{transfer: [{data: {name: shapes-novel}}]}";
    world.freeSlots = 1;

    Decision decision = world.store().decide();

    assertThat(starts(decision)).containsExactly("augment-1");
    assertThat(why(decision, "augment-shapes-novel")).isEqualTo(Wait.NAMESPACE_LIMIT);
    assertThat(decision.lookAgain()).contains(START.plusSeconds(10));
  }

  @Test
  void theJobsOfAnEndedExperimentGoAfterTheirTime() {
    Condition finished = new Condition("Finished", "True", "Succeeded", "", START.toString(), 2L);
    ExperimentStatus status =
        new ExperimentStatus(
            2L,
            List.of(finished),
            null,
            null,
            100,
            0L,
            0.0,
            List.of(),
            List.of(),
            null,
            null,
            World.links());
    ExecutionSpec execution =
        SomePlan.spec("{execution: {ttlSecondsAfterFinished: 60}}").execution();

    assertThat(Retirement.jobsGoAt(status, 2, execution)).contains(START.plusSeconds(60));
    assertThat(Retirement.jobsGoAt(status, 3, execution)).isEmpty();
    assertThat(Retirement.jobsGoAt(ExperimentStatus.UNSEEN, 2, execution)).isEmpty();
  }

  private String jobName(String step, int number) {
    return world.jobName(step, number);
  }

  private static List<String> starts(Decision decision) {
    return decision.starts().stream()
        .map(start -> start.step().name() + "-" + start.number())
        .toList();
  }

  private static @Nullable Wait why(Decision decision, String step) {
    return decision.move(step) instanceof Move.Hold hold ? hold.why() : null;
  }

  private static AttemptCounts counts(int started, int counted) {
    return new AttemptCounts(started, counted, 0, 0, 0, 0, -1L);
  }

  private StepStatus row(String step, State state, AttemptCounts counts) {
    return row(step, state, counts, Usage.NONE);
  }

  private StepStatus row(String step, State state, AttemptCounts counts, Usage usage) {
    return new StepStatus(
        step,
        "augment",
        world.key(step).hex(),
        state,
        state == State.FAILED ? "Refused" : "x",
        "why",
        counts,
        usage,
        null,
        null,
        jobName(step, counts.started()),
        null,
        null,
        null,
        null,
        null);
  }

  private ExperimentStatus status(StepStatus... rows) {
    return new ExperimentStatus(
        1L,
        List.of(),
        null,
        null,
        0,
        0L,
        0.0,
        List.of(),
        List.of(rows),
        null,
        world.resolved(),
        World.links());
  }
}
