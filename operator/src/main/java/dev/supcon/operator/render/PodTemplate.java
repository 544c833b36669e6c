package dev.supcon.operator.render;

import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.RunContext;
import dev.supcon.contract.step.StepOrder;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.config.StepRuntime;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceClaim;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The one container of a step, as Pod Security's profile "restricted" wants it. */
final class PodTemplate {
  static final String CONTAINER = "step";

  /** A user that no image has by accident and no node gives rights to. */
  private static final long USER = 65532;

  private PodTemplate() {}

  static ObjectMeta metadata(JobOrder order, Map<String, String> labels) {
    return new ObjectMetaBuilder()
        .withLabels(labels)
        .addToAnnotations(PodVolumes.ORDER_ANNOTATION, ContractJson.write(stepOrder(order)))
        .addToAnnotations(Labels.GPUS, Integer.toString(order.runtime().gpus()))
        .build();
  }

  /** The tags are those by which the experiment's run is found again. */
  private static StepOrder stepOrder(JobOrder order) {
    ObjectMeta experiment = order.experiment().getMetadata();
    return new StepOrder(
        order.step().request(),
        new RunContext(
            experiment.getNamespace() + "/" + experiment.getName(),
            Map.of("supcon.uid", experiment.getUid(), "supcon.plan", order.planHash())));
  }

  static PodSpec spec(JobOrder order) {
    StepRuntime runtime = order.runtime();
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(runtime.graceSeconds().longValue())
        .withSecurityContext(podSecurity())
        .withImagePullSecrets(pullSecrets(runtime))
        .withNodeSelector(runtime.nodeSelector())
        .withTolerations(runtime.tolerations())
        .withPriorityClassName(runtime.priorityClass())
        .withRuntimeClassName(runtime.runtimeClass())
        .withResourceClaims(runtime.resourceClaims())
        .withVolumes(PodVolumes.of(order))
        .withContainers(container(order))
        .build();
  }

  private static List<LocalObjectReference> pullSecrets(StepRuntime runtime) {
    return runtime.pullSecret() == null
        ? List.of()
        : List.of(new LocalObjectReference(runtime.pullSecret()));
  }

  private static PodSecurityContext podSecurity() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        .withFsGroupChangePolicy("OnRootMismatch")
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  /** A step that dies without a word leaves the end of its log as termination message. */
  private static Container container(JobOrder order) {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(order.image())
        .withImagePullPolicy(order.runtime().imagePullPolicy())
        .withEnv(PodEnvironment.of(order))
        .withResources(resources(order.runtime()))
        .withVolumeMounts(PodVolumes.mounts(order))
        .withTerminationMessagePath("/dev/termination-log")
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withSecurityContext(containerSecurity())
        .build();
  }

  private static SecurityContext containerSecurity() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  /** Requests equal limits: a step is never slowed or killed for a neighbour's sake. */
  private static ResourceRequirements resources(StepRuntime runtime) {
    Map<String, Quantity> amounts = new TreeMap<>();
    runtime.resources().forEach((name, amount) -> amounts.put(name, Quantity.parse(amount)));
    if (runtime.gpu() != null) {
      amounts.put(runtime.gpu().resource(), new Quantity(runtime.gpu().count().toString()));
    }
    return new ResourceRequirementsBuilder()
        .withRequests(amounts)
        .withLimits(amounts)
        .withClaims(
            runtime.resourceClaims().stream()
                .map(claim -> new ResourceClaim(claim.getName(), null))
                .toList())
        .build();
  }
}
