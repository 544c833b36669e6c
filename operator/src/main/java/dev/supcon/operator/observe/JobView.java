package dev.supcon.operator.observe;

import dev.supcon.operator.api.Labels;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A Job of ours as we read it: whatever is missing or odd in it never stops a reader. */
record JobView(Job job, String key, int number, Owner owner) {
  private static final int MAX_DIGITS = 7;

  /** Empty where the object is not controlled by an experiment or lacks our labels. */
  static Optional<JobView> of(Job job) {
    return owner(job.getMetadata())
        .flatMap(
            owner ->
                number(labels(job.getMetadata()))
                    .map(number -> new JobView(job, key(job.getMetadata()), number, owner)));
  }

  /** By the controller's reference only: anybody can write a label. */
  private static Optional<Owner> owner(ObjectMeta meta) {
    return controller(meta, "SupConExperiment")
        .filter(reference -> String.valueOf(reference.getApiVersion()).startsWith("supcon.dev/"))
        .map(reference -> new Owner(reference.getName(), reference.getUid()));
  }

  static Optional<OwnerReference> controller(ObjectMeta meta, String kind) {
    return listed(meta.getOwnerReferences())
        .filter(reference -> Boolean.TRUE.equals(reference.getController()))
        .filter(reference -> kind.equals(reference.getKind()))
        .filter(reference -> reference.getName() != null && reference.getUid() != null)
        .findFirst();
  }

  static Map<String, String> labels(ObjectMeta meta) {
    return meta.getLabels() == null ? Map.of() : meta.getLabels();
  }

  static String key(ObjectMeta meta) {
    return labels(meta).getOrDefault(Labels.KEY, "");
  }

  static Optional<Integer> number(Map<String, String> labels) {
    String text = labels.getOrDefault(Labels.ATTEMPT, "");
    return text.matches("[1-9][0-9]{0," + (MAX_DIGITS - 2) + "}")
        ? Optional.of(Integer.valueOf(text))
        : Optional.empty();
  }

  static <T> Stream<T> listed(@org.jspecify.annotations.Nullable List<T> list) {
    return list == null ? Stream.empty() : list.stream();
  }

  String name() {
    return job.getMetadata().getName();
  }

  String uid() {
    return String.valueOf(job.getMetadata().getUid());
  }

  boolean deleted() {
    return job.getMetadata().getDeletionTimestamp() != null;
  }

  boolean suspended() {
    return job.getSpec() != null && Boolean.TRUE.equals(job.getSpec().getSuspend());
  }

  boolean queued() {
    return labels(job.getMetadata()).containsKey(Labels.QUEUE);
  }

  /** The condition that says it has ended, well or not. */
  Optional<JobCondition> end() {
    return condition("Complete").or(() -> condition("Failed"));
  }

  Optional<JobCondition> condition(String type) {
    return job.getStatus() == null
        ? Optional.empty()
        : listed(job.getStatus().getConditions())
            .filter(condition -> type.equals(condition.getType()))
            .filter(condition -> "True".equals(condition.getStatus()))
            .findFirst();
  }

  /**
   * When it last began to want a pod; empty where it was suspended and its controller has not taken
   * note yet that it is no more. While it waited it wanted none.
   */
  Optional<Instant> started() {
    Optional<Instant> started =
        Optional.ofNullable(job.getStatus())
            .map(status -> status.getStartTime())
            .flatMap(Times::read);
    return started.isPresent() || condition("Suspended").isPresent()
        ? started
        : Times.read(job.getMetadata().getCreationTimestamp());
  }
}
