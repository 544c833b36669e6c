package dev.supcon.operator.render;

import dev.supcon.operator.api.FailureRule;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRuleBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Makes the Job of one attempt: the same order gives the same Job. */
public final class JobRenderer {
  private JobRenderer() {}

  /**
   * One pod, never replaced: the operator alone decides on the next attempt. A queued Job is born
   * suspended, so that nothing runs before Kueue has seen it.
   */
  public static Job render(JobOrder order) {
    Map<String, String> labels = labels(order);
    return new JobBuilder()
        .withMetadata(metadata(order, labels))
        .withNewSpec()
        .withParallelism(1)
        .withCompletions(1)
        .withBackoffLimit(0)
        .withPodReplacementPolicy("Failed")
        .withPodFailurePolicy(failurePolicy())
        .withSuspend(order.experiment().getSpec().execution().queue() != null)
        .withNewTemplate()
        .withMetadata(PodTemplate.metadata(order, labels))
        .withSpec(PodTemplate.spec(order))
        .endTemplate()
        .endSpec()
        .build();
  }

  private static ObjectMeta metadata(JobOrder order, Map<String, String> common) {
    Map<String, String> labels = new TreeMap<>(common);
    String queue = order.experiment().getSpec().execution().queue();
    if (queue != null) {
      labels.put(Labels.QUEUE, queue);
    }
    return new ObjectMetaBuilder()
        .withName(Labels.job(order.step().kind().word(), order.step().key().hex(), order.number()))
        .withNamespace(order.experiment().getMetadata().getNamespace())
        .withLabels(labels)
        .withOwnerReferences(owner(order.experiment()))
        .build();
  }

  private static Map<String, String> labels(JobOrder order) {
    String experiment = Labels.value(order.experiment().getMetadata().getName());
    return new TreeMap<>(
        Map.of(
            Labels.EXPERIMENT,
            experiment,
            Labels.STEP,
            Labels.value(order.step().name()),
            Labels.KEY,
            Labels.key(order.step().key().hex()),
            Labels.ATTEMPT,
            Integer.toString(order.number()),
            "app.kubernetes.io/name",
            "supcon-step",
            "app.kubernetes.io/instance",
            experiment,
            "app.kubernetes.io/component",
            order.step().kind().word(),
            "app.kubernetes.io/part-of",
            "supcon",
            "app.kubernetes.io/managed-by",
            "supcon-operator"));
  }

  /** It does not block the owner's deletion: that would take a right on its finalizers. */
  private static OwnerReference owner(SupConExperiment experiment) {
    return new OwnerReferenceBuilder()
        .withApiVersion(HasMetadata.getApiVersion(SupConExperiment.class))
        .withKind(HasMetadata.getKind(SupConExperiment.class))
        .withName(experiment.getMetadata().getName())
        .withUid(experiment.getMetadata().getUid())
        .withController(true)
        .build();
  }

  private static PodFailurePolicy failurePolicy() {
    return new PodFailurePolicyBuilder()
        .withRules(Arrays.stream(FailureRule.values()).map(JobRenderer::rule).toList())
        .build();
  }

  private static PodFailurePolicyRule rule(FailureRule rule) {
    PodFailurePolicyRuleBuilder built = new PodFailurePolicyRuleBuilder().withAction("FailJob");
    return rule.exitCodes().isEmpty()
        ? built
            .addNewOnPodCondition()
            .withType("DisruptionTarget")
            .withStatus("True")
            .endOnPodCondition()
            .build()
        : built
            .withNewOnExitCodes()
            .withContainerName(PodTemplate.CONTAINER)
            .withOperator("In")
            .withValues(rule.exitCodes())
            .endOnExitCodes()
            .build();
  }
}
