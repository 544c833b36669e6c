package dev.supcon.operator.observe;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.operator.api.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Instant;

/** A Job with its pod in every state that a test wants; times are seconds after {@link #START}. */
public final class SomeJob {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final String UID = "experiment-uid";

  private final PlannedStep step;
  private final int number;
  private JobBuilder job;
  private PodBuilder pod;

  private SomeJob(PlannedStep step, int number) {
    this.step = step;
    this.number = number;
    this.job =
        new JobBuilder()
            .withNewMetadata()
            .withName(name())
            .withUid("job-" + number)
            .withCreationTimestamp(time(0))
            .addToLabels(Labels.KEY, Labels.key(step.key().hex()))
            .addToLabels(Labels.ATTEMPT, Integer.toString(number))
            .addNewOwnerReference()
            .withApiVersion("supcon.dev/v1alpha1")
            .withKind("SupConExperiment")
            .withName("shapes")
            .withUid(UID)
            .withController(true)
            .endOwnerReference()
            .endMetadata()
            .withNewSpec()
            .withSuspend(false)
            .endSpec()
            .withNewStatus()
            .withStartTime(time(0))
            .endStatus();
    this.pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name() + "-x")
            .withUid("pod-" + number)
            .withCreationTimestamp(time(0))
            .addToLabels(Labels.KEY, Labels.key(step.key().hex()))
            .addToLabels(Labels.ATTEMPT, Integer.toString(number))
            .addToLabels(Labels.EXPERIMENT, "shapes")
            .addToAnnotations(Labels.GPUS, "2")
            .addNewOwnerReference()
            .withApiVersion("batch/v1")
            .withKind("Job")
            .withName(name())
            .withUid("job-" + number)
            .withController(true)
            .endOwnerReference()
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .withNewStatus()
            .withPhase("Pending")
            .endStatus();
  }

  public static SomeJob of(PlannedStep step, int number) {
    return new SomeJob(step, number);
  }

  public static String time(long seconds) {
    return START.plusSeconds(seconds).toString();
  }

  private String name() {
    return Labels.job(step.kind().word(), step.key().hex(), number);
  }

  public Job job() {
    return job.build();
  }

  public Pod pod() {
    return pod.build();
  }

  public SomeJob ownedBy(String name, String uid) {
    job =
        job.editMetadata()
            .editFirstOwnerReference()
            .withName(name)
            .withUid(uid)
            .endOwnerReference()
            .endMetadata();
    return this;
  }

  public SomeJob created(long at) {
    job =
        job.editMetadata()
            .withCreationTimestamp(time(at))
            .endMetadata()
            .editStatus()
            .withStartTime(time(at))
            .endStatus();
    pod = pod.editMetadata().withCreationTimestamp(time(at)).endMetadata();
    return this;
  }

  public SomeJob suspended() {
    job = job.editSpec().withSuspend(true).endSpec();
    return this;
  }

  /** By its spec; its controller has not taken note yet. */
  public SomeJob resumed() {
    job =
        job.editStatus()
            .withStartTime(null)
            .addNewCondition()
            .withType("Suspended")
            .withStatus("True")
            .endCondition()
            .endStatus();
    return this;
  }

  public SomeJob queued() {
    job = job.editMetadata().addToLabels(Labels.QUEUE, "gpus").endMetadata();
    return suspended();
  }

  public SomeJob unscheduled(String reason, String message) {
    pod =
        pod.editStatus()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason(reason)
            .withMessage(message)
            .endCondition()
            .endStatus();
    return this;
  }

  public SomeJob scheduled(long at) {
    pod =
        pod.editSpec()
            .withNodeName("node-1")
            .endSpec()
            .editStatus()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("True")
            .withLastTransitionTime(time(at))
            .endCondition()
            .endStatus();
    return this;
  }

  public SomeJob waiting(String reason, String message) {
    pod =
        pod.editStatus()
            .addNewContainerStatus()
            .withName("step")
            .withNewState()
            .withNewWaiting(message, reason)
            .endState()
            .endContainerStatus()
            .endStatus();
    return this;
  }

  public SomeJob running(long at) {
    scheduled(at);
    pod =
        pod.editStatus()
            .withPhase("Running")
            .addNewContainerStatus()
            .withName("step")
            .withNewState()
            .withNewRunning(time(at))
            .endState()
            .endContainerStatus()
            .endStatus();
    return this;
  }

  /** The container has ended; the Job does not know yet. */
  public SomeJob exited(int code, long at, String message) {
    scheduled(0);
    pod =
        pod.editStatus()
            .withPhase(code == 0 ? "Succeeded" : "Failed")
            .addNewContainerStatus()
            .withName("step")
            .withNewState()
            .withNewTerminated()
            .withExitCode(code)
            .withReason(code == 137 ? "OOMKilled" : code == 0 ? "Completed" : "Error")
            .withMessage(message)
            .withFinishedAt(time(at))
            .endTerminated()
            .endState()
            .endContainerStatus()
            .endStatus();
    return this;
  }

  public SomeJob condition(String type, String reason, String message, long at) {
    job =
        job.editStatus()
            .addNewCondition()
            .withType(type)
            .withStatus("True")
            .withReason(reason)
            .withMessage(message)
            .withLastTransitionTime(time(at))
            .endCondition()
            .endStatus();
    return this;
  }

  public SomeJob complete(long at) {
    return exited(0, at, "").condition("Complete", "CompletionsReached", "", at);
  }

  /** The pod policy's rule for exit codes has matched. */
  public SomeJob failedByRule(int rule, int code, long at) {
    return condition(
        "Failed",
        "PodFailurePolicy",
        "Container step for pod team/%s-x failed with exit code %d matching FailJob rule at index %d"
            .formatted(name(), code, rule),
        at);
  }

  public SomeJob disrupted(long at) {
    return condition(
        "Failed",
        "PodFailurePolicy",
        "Pod team/%s-x has condition DisruptionTarget matching FailJob rule at index 0"
            .formatted(name()),
        at);
  }

  public SomeJob failed(long at) {
    return condition(
        "Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit", at);
  }

  public SomeJob deletedPod(long toBeGone) {
    pod = pod.editMetadata().withDeletionTimestamp(time(toBeGone)).endMetadata();
    return this;
  }

  public SomeJob deletedJob(long at) {
    job = job.editMetadata().withDeletionTimestamp(time(at)).endMetadata();
    return this;
  }
}
