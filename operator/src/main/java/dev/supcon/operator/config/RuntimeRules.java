package dev.supcon.operator.config;

import io.fabric8.kubernetes.api.model.PodResourceClaim;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Set;

/** The rules that one runtime must obey. */
final class RuntimeRules {
  private static final String BY_DIGEST = "[^\\s@]+@sha256:[0-9a-f]{64}";
  private static final String BY_NAME = "[A-Za-z0-9][A-Za-z0-9._/:-]*";
  private static final Set<String> POLICIES = Set.of("Always", "IfNotPresent", "Never");
  private static final Set<String> RESOURCES = Set.of("cpu", "memory", "ephemeral-storage");
  private static final String EXTENDED = "[a-z0-9.-]+/[A-Za-z0-9._-]{1,63}";

  private final String path;
  private final StepRuntime runtime;
  private final Faults faults;

  private RuntimeRules(String path, StepRuntime runtime, Faults faults) {
    this.path = path;
    this.runtime = runtime;
    this.faults = faults;
  }

  static void check(String path, StepRuntime runtime, Faults faults) {
    RuntimeRules rules = new RuntimeRules(path, runtime, faults);
    rules.image();
    rules.resources();
    rules.gpu();
    rules.placement();
    rules.numbers();
  }

  private void image() {
    boolean byDigest = runtime.image().matches(BY_DIGEST);
    faults.unless(
        (byDigest || runtime.image().matches(BY_NAME)) && runtime.image().length() <= 200,
        path + ".image",
        "is not an image",
        "write registry/name@sha256:... of at most 200 characters");
    faults.unless(
        byDigest || runtime.imagePullPolicy() != null,
        path + ".image",
        "is a tag, which may be another image tomorrow",
        "write registry/name@sha256:..., or say imagePullPolicy too");
    faults.unless(
        runtime.imagePullPolicy() == null || POLICIES.contains(runtime.imagePullPolicy()),
        path + ".imagePullPolicy",
        "is not a known word",
        "write Always, IfNotPresent or Never");
    faults.nameOrNone(path + ".pullSecret", runtime.pullSecret());
  }

  private void resources() {
    runtime
        .resources()
        .forEach(
            (name, amount) -> {
              faults.unless(
                  RESOURCES.contains(name),
                  path + ".resources." + name,
                  "is not a resource of a runtime",
                  "write cpu, memory or ephemeral-storage; a GPU under gpu");
              faults.quantity(path + ".resources." + name, amount);
            });
    for (String needed : List.of("cpu", "memory")) {
      faults.unless(
          runtime.resources().containsKey(needed),
          path + ".resources." + needed,
          "is missing",
          "write how much a step gets");
    }
    faults.quantity(path + ".scratch.size", runtime.scratch().size());
    faults.nameOrNone(path + ".scratch.storageClass", runtime.scratch().storageClass());
    faults.quantity(path + ".shm", runtime.shm());
  }

  private void gpu() {
    if (runtime.gpu() != null) {
      faults.unless(
          runtime.gpu().resource().matches(EXTENDED),
          path + ".gpu.resource",
          "is not an extended resource",
          "write a name such as nvidia.com/gpu");
      faults.range(path + ".gpu.count", runtime.gpu().count(), 1, 64);
    }
  }

  private void placement() {
    faults.nameOrNone(path + ".priorityClass", runtime.priorityClass());
    faults.nameOrNone(path + ".runtimeClass", runtime.runtimeClass());
    runtime
        .nodeSelector()
        .forEach((key, value) -> faults.label(path + ".nodeSelector." + key, key, value));
    for (int i = 0; i < runtime.tolerations().size(); i++) {
      toleration(path + ".tolerations[" + i + "]", runtime.tolerations().get(i));
    }
    for (int i = 0; i < runtime.resourceClaims().size(); i++) {
      claim(path + ".resourceClaims[" + i + "]", runtime.resourceClaims().get(i));
    }
  }

  private void toleration(String place, Toleration toleration) {
    faults.onlyKnown(place, toleration.getAdditionalProperties());
    faults.wordOrNone(place + ".operator", toleration.getOperator(), Set.of("Exists", "Equal"));
    faults.wordOrNone(
        place + ".effect",
        toleration.getEffect(),
        Set.of("NoSchedule", "PreferNoSchedule", "NoExecute"));
    faults.unless(
        toleration.getKey() != null || "Exists".equals(toleration.getOperator()),
        place + ".key",
        "is missing",
        "write the taint's key, or Exists as operator");
  }

  private void claim(String place, PodResourceClaim claim) {
    faults.onlyKnown(place, claim.getAdditionalProperties());
    faults.name(place + ".name", claim.getName() == null ? "" : claim.getName());
    faults.unless(
        (claim.getResourceClaimName() == null) != (claim.getResourceClaimTemplateName() == null),
        place,
        "names no claim, or two",
        "write resourceClaimName or resourceClaimTemplateName");
  }

  private void numbers() {
    if (runtime.threads() != null) {
      faults.range(path + ".threads", runtime.threads(), 1, 1024);
    }
    faults.range(path + ".graceSeconds", runtime.graceSeconds(), 1, 3600);
    faults.range(path + ".stallSeconds", runtime.stallSeconds(), 0, 604800);
  }
}
