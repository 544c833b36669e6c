package dev.supcon.operator.observe;

import static dev.supcon.operator.observe.SomeJob.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepKey;
import dev.supcon.operator.SomePlan;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ObserverTest {
  private static final Plan PLAN = SomePlan.threeSteps();
  private static final PlannedStep STEP = PLAN.step("pretrain");
  private static final Result EARLY = miss(-1, 0);

  @Test
  void aStepThatNobodyStartedWaits() {
    SeenStep seen = look(EARLY);

    assertThat(seen.state()).isEqualTo(new StepState.Waiting());
    assertThat(seen.newest()).isZero();
    assertThat(seen.occupied()).isFalse();
  }

  @Test
  void aKeyThatWasNotLookedUpIsUnknown() {
    Observation seen =
        Observer.observe(PLAN, new ClusterView(List.of(), List.of()), store(Map.of()), START);

    assertThat(seen.step("pretrain").result()).isInstanceOf(Result.Unknown.class);
  }

  @Test
  void aResultCountsWhateverItsJobSays() {
    Result.Hit hit = new Result.Hit("m", Map.of());

    assertThat(look(hit, job().exited(1, 10, "").failed(11)).state())
        .isEqualTo(new StepState.Succeeded(hit));
    assertThat(look(hit).state()).isEqualTo(new StepState.Succeeded(hit));
  }

  @ParameterizedTest
  @CsvSource({
    "Unschedulable, UNSCHEDULABLE",
    "SchedulingGated, QUOTA_WAIT",
  })
  void aPodWithoutANodeIsPendingForTheSchedulersReason(String word, PendingReason reason) {
    StepState state = look(EARLY, job().unscheduled(word, "0/1 nodes")).state();

    assertThat(state).isInstanceOf(StepState.Pending.class);
    StepState.Pending pending = (StepState.Pending) state;
    assertThat(pending.reason()).isEqualTo(reason);
    assertThat(pending.message()).isEqualTo("0/1 nodes");
    assertThat(pending.since()).isEqualTo(START);
  }

  @ParameterizedTest
  @CsvSource({
    "ErrImagePull, IMAGE_PULL",
    "ImagePullBackOff, IMAGE_PULL",
    "InvalidImageName, IMAGE_PULL",
    "ErrImageNeverPull, IMAGE_PULL",
    "CreateContainerConfigError, CONTAINER_CONFIG",
    "CreateContainerError, CONTAINER_CONFIG",
    "RunContainerError, CONTAINER_CONFIG",
    "ContainerCreating, STARTING",
    "PodInitializing, STARTING",
  })
  void aContainerThatDoesNotStartIsPendingForTheKubeletsReason(String word, PendingReason reason) {
    StepState state = look(EARLY, job().scheduled(1).waiting(word, "why")).state();

    assertThat(((StepState.Pending) state).reason()).isEqualTo(reason);
    assertThat(reason.counts()).isEqualTo(reason != PendingReason.QUOTA_WAIT);
  }

  @Test
  void aJobWithoutAPodIsPendingSinceItWantedOne() {
    SeenStep seen = look(EARLY, List.of(job().job()), List.of(), START);

    StepState.Pending pending = (StepState.Pending) seen.state();
    assertThat(pending.reason()).isEqualTo(PendingReason.NO_POD);
    assertThat(pending.since()).isEqualTo(START);
    assertThat(seen.occupied()).isTrue();
  }

  @Test
  void aJobThatWasJustLetRunWantsAPodSinceNow() {
    Instant later = START.plusSeconds(100);
    SeenStep seen = look(EARLY, List.of(job().resumed().job()), List.of(), later);

    assertThat(((StepState.Pending) seen.state()).since()).isEqualTo(later);
  }

  @Test
  void aSuspendedJobWaitsForQuotaOnlyWhereItHasAQueue() {
    assertThat(look(EARLY, job().queued()).state())
        .isInstanceOfSatisfying(
            StepState.Pending.class,
            pending -> assertThat(pending.reason()).isEqualTo(PendingReason.QUOTA_WAIT));
    assertThat(look(EARLY, job().suspended()).state()).isInstanceOf(StepState.Suspended.class);
  }

  @Test
  void aRunningStepHasTheProgressOfItsOwnPod() {
    Progress own = new Progress("pod-1", 0.5, "epoch 5", START.plusSeconds(9));
    Progress other = new Progress("pod-0", 0.9, "epoch 9", START.plusSeconds(5));

    assertThat(running(own).progress()).contains(own);
    assertThat(running(other).progress()).isEmpty();
    assertThat(running(own).since()).isEqualTo(START.plusSeconds(2));
    assertThat(running(own).attempt().tenure())
        .contains(new Tenure("pod-1", START.plusSeconds(2), Optional.empty(), 2));
  }

  private static StepState.Running running(Progress progress) {
    SomeJob job = job().running(2);
    Observation seen =
        Observer.observe(
            PLAN,
            new ClusterView(List.of(job.job()), List.of(job.pod())),
            new StoreView(Map.of(STEP.key(), EARLY), Map.of(STEP.key(), progress)),
            START.plusSeconds(10));
    return (StepState.Running) seen.step("pretrain").state();
  }

  @Test
  void aPodThatIsNotGoneAMinuteAfterItsGraceIsLost() {
    SomeJob job = job().running(2).deletedPod(30);

    assertThat(at(89, job)).isInstanceOf(StepState.Running.class);
    assertThat(at(90, job))
        .isInstanceOfSatisfying(
            StepState.Lost.class,
            lost -> {
              assertThat(lost.node()).isEqualTo("node-1");
              assertThat(lost.since()).isEqualTo(START.plusSeconds(30));
            });
  }

  private static StepState at(long seconds, SomeJob job) {
    return look(EARLY, List.of(job.job()), List.of(job.pod()), START.plusSeconds(seconds)).state();
  }

  @Test
  void aPodWhoseJobIsGoneStillOccupiesItsStep() {
    Pod orphan = job().running(2).deletedPod(30).pod();
    SeenStep seen = look(EARLY, List.of(), List.of(orphan), START.plusSeconds(31));

    assertThat(seen.state()).isEqualTo(new StepState.Waiting());
    assertThat(seen.occupied()).isTrue();
    assertThat(seen.newest()).isEqualTo(1);
    assertThat(look(EARLY, List.of(), List.of(orphan), START.plusSeconds(100)).state())
        .isInstanceOf(StepState.Lost.class);
  }

  @Test
  void aSuccessIsVerifiedByALookLaterThanItsEnd() {
    SomeJob complete = job().complete(100);

    assertThat(look(new Result.Unknown("down"), complete).state())
        .isInstanceOf(StepState.Verifying.class);
    assertThat(look(miss(-1, 100), complete).state()).isInstanceOf(StepState.Verifying.class);
    assertThat(look(miss(-1, 101), complete).state())
        .isInstanceOfSatisfying(
            StepState.Faulted.class,
            faulted -> assertThat(faulted.message()).contains("exit code 0 without a result"));
  }

  @Test
  void aPodThatEndedBeforeItsJobDidIsVerified() {
    assertThat(look(EARLY, job().exited(75, 9, "")).state())
        .isInstanceOf(StepState.Verifying.class);
    assertThat(look(EARLY, job().exited(75, 9, "")).occupied()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {75, 143})
  void whoAskedToBeResumedIsVerifiedFirst(int code) {
    SomeJob job = job().exited(code, 50, "").failedByRule(1, code, 51);

    assertThat(look(miss(3, 51), job).state()).isInstanceOf(StepState.Verifying.class);
    assertThat(look(miss(3, 52), job).state())
        .isEqualTo(new StepState.Resumable(attempt(50), START.plusSeconds(51), false, 3));
  }

  private static Attempt attempt(long ended) {
    Tenure tenure = new Tenure("pod-1", START, Optional.of(START.plusSeconds(ended)), 2);
    return new Attempt(
        job().job().getMetadata().getName(),
        1,
        new Owner("shapes", SomeJob.UID),
        false,
        Optional.of(tenure));
  }

  @Test
  void aDisruptionIsResumableAtOnceAlsoWhenThePodIsGone() {
    Job job = job().disrupted(51).job();

    assertThat(look(new Result.Unknown("down"), List.of(job), List.of(), START).state())
        .isInstanceOfSatisfying(
            StepState.Resumable.class, resumable -> assertThat(resumable.disrupted()).isTrue());
  }

  @Test
  void aDeletedPodThatRanOutOfItsGraceIsNoFault() {
    assertThat(look(EARLY, job().exited(137, 50, "").deletedPod(50).failed(51)).state())
        .isInstanceOfSatisfying(
            StepState.Resumable.class, resumable -> assertThat(resumable.disrupted()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(ints = {75, 143})
  void anEndedPodThatIsGoneWasDeleted(int code) {
    Job byRule = job().exited(code, 50, "").failedByRule(1, code, 51).job();
    Job other = job().exited(137, 50, "").failed(51).job();

    for (Job job : List.of(byRule, other)) {
      assertThat(look(EARLY, List.of(job), List.of(), START).state())
          .isInstanceOfSatisfying(
              StepState.Resumable.class, resumable -> assertThat(resumable.disrupted()).isTrue());
    }
  }

  @Test
  void aRefusalHasItsDocumentedMeaningAlsoWhenThePodIsGone() {
    for (ExitCode code : ExitCode.values()) {
      if (code.code() >= 64 && code != ExitCode.RESUME) {
        assertThat(refusal(code.code()))
            .isEqualTo("exit code " + code.code() + ": " + code.meaning());
      }
    }
    assertThat(refusal(77)).isEqualTo("exit code 77: The request or the data is wrong.");
  }

  private static String refusal(int code) {
    Job job = job().failedByRule(2, code, 51).job();
    StepState.Refused refused =
        (StepState.Refused) look(EARLY, List.of(job), List.of(), START).state();
    assertThat(refused.exitCode()).isEqualTo(code);
    return refused.message();
  }

  @Test
  void aRefusalHasTheStepsOwnSentence() {
    String json = "{\"exitCode\":78,\"message\":\"Secret supcon-s3 lacks access-key.\"}";

    assertThat(look(EARLY, job().exited(78, 50, json).failedByRule(2, 78, 51)).state())
        .isInstanceOfSatisfying(
            StepState.Refused.class,
            refused ->
                assertThat(refused.message()).endsWith(" Secret supcon-s3 lacks access-key."));
  }

  @Test
  void aFaultSaysHowTheContainerEnded() {
    assertThat(look(EARLY, job().exited(137, 50, "last line of the log").failed(51)).state())
        .isInstanceOfSatisfying(
            StepState.Faulted.class,
            faulted -> {
              assertThat(faulted.message())
                  .isEqualTo("exit code 137 (OOMKilled): last line of the log");
              assertThat(faulted.at()).isEqualTo(START.plusSeconds(51));
            });
  }

  @Test
  void theNewestJobSpeaksAndTheEarlierOnesAreKept() {
    SomeJob first = job().exited(1, 50, "").failed(51);
    SomeJob second = SomeJob.of(STEP, 2).running(60);

    SeenStep seen =
        look(
            EARLY,
            List.of(second.job(), first.job()),
            List.of(second.pod(), first.pod()),
            START.plusSeconds(61));

    assertThat(seen.state()).isInstanceOf(StepState.Running.class);
    assertThat(seen.ended()).singleElement().isInstanceOf(StepState.Faulted.class);
    assertThat(seen.newest()).isEqualTo(2);
  }

  @Test
  void aLabelAloneMakesNoJobOurs() {
    Job forged =
        new JobBuilder(job().running(2).job())
            .editMetadata()
            .withOwnerReferences(List.of())
            .endMetadata()
            .build();

    assertThat(look(EARLY, List.of(forged), List.of(), START).state())
        .isEqualTo(new StepState.Waiting());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "x", "99999999999", "1.5"})
  void aJobWithoutAProperNumberIsNotOurs(String number) {
    Job odd =
        new JobBuilder(job().job())
            .editMetadata()
            .addToLabels("supcon.dev/attempt", number)
            .endMetadata()
            .build();

    assertThat(look(EARLY, List.of(odd), List.of(), START).state())
        .isEqualTo(new StepState.Waiting());
  }

  @Test
  void aJobOfAnotherKeyIsAStrayWhileItActs() {
    PlannedStep other = SomePlan.of("{seed: 7}").step("pretrain");
    SomeJob acting = SomeJob.of(other, 1).running(2);
    SomeJob ended = SomeJob.of(other, 2).exited(1, 50, "").failed(51);

    Observation seen =
        Observer.observe(
            PLAN,
            new ClusterView(List.of(acting.job(), ended.job()), List.of(acting.pod(), ended.pod())),
            store(Map.of()),
            START);

    assertThat(seen.strays()).extracting(Attempt::number).containsExactly(1);
  }

  private static SomeJob job() {
    return SomeJob.of(STEP, 1);
  }

  private static Result.Miss miss(long checkpoint, long at) {
    return new Result.Miss("NoManifest", checkpoint, START.plusSeconds(at));
  }

  private static StoreView store(Map<StepKey, Result> results) {
    return new StoreView(results, Map.of());
  }

  private static SeenStep look(Result result, SomeJob... some) {
    List<Job> jobs = new ArrayList<>();
    List<Pod> pods = new ArrayList<>();
    for (SomeJob job : some) {
      jobs.add(job.job());
      pods.add(job.pod());
    }
    return look(result, jobs, pods, START.plusSeconds(100));
  }

  private static SeenStep look(Result result, List<Job> jobs, List<Pod> pods, Instant now) {
    return Observer.observe(
            PLAN, new ClusterView(jobs, pods), store(Map.of(STEP.key(), result)), now)
        .step("pretrain");
  }
}
