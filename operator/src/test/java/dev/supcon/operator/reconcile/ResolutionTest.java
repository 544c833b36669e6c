package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.plan.Planner;
import dev.supcon.contract.spec.CheckedExperiment;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.operator.SomePlan;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.Links;
import dev.supcon.operator.api.ResolvedStatus;
import dev.supcon.operator.api.SupConExperiment;
import dev.supcon.operator.config.Configuration;
import dev.supcon.operator.config.StepRuntime;
import dev.supcon.operator.config.Tenant;
import dev.supcon.operator.mirror.Mirror;
import dev.supcon.operator.mirror.MirrorSettings;
import dev.supcon.operator.status.Outlook;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ResolutionTest {
  private static final String NAMESPACE = "team";

  private final Mirror mirror =
      new Mirror(
          new MirrorSettings(
              Path.of("no-credentials"),
              InstantSource.system(),
              id -> {},
              (system, outcome, took) -> {},
              (namespace, pod) -> Optional.empty(),
              notice -> {}));

  @AfterEach
  void close() {
    mirror.close();
  }

  @Test
  void pretrainingUsesEveryGpuOfItsRuntime() {
    assertThat(devices("{}", 4, null)).isEqualTo(4);
    assertThat(devices("{}", 1, null)).isEqualTo(1);
    assertThat(devices("{pretrain: {devices: 2}}", 4, null)).isEqualTo(2);
    assertThat(devices("{execution: {steps: [{name: pretrain, runtime: other}]}}", 4, null))
        .isEqualTo(1);
  }

  /** A change of the administrator's file gives no other key to what is on its way. */
  @Test
  void whatWasPinnedStays() {
    assertThat(devices("{}", 4, 2)).isEqualTo(2);
  }

  @Test
  void gpusThatDoNotFitTheBatchAreRefusedWithTheirNumber() {
    assertThat(of("{pretrain: {batchSize: 100}}", 3, null))
        .isEqualTo(
            new Resolution.Known.Open(
                new Outlook.Unconfigured(
                    "Pretraining gets the 3 GPUs of runtime default, for the spec says no other"
                        + " number. spec.pretrain.devices: is 3, which does not divide"
                        + " spec.pretrain.batchSize (100); write a divisor of it.")));
    assertThat(devices("{pretrain: {batchSize: 100, devices: 1}}", 3, null)).isEqualTo(1);
  }

  private int devices(String yaml, int gpus, @Nullable Integer pinned) {
    return switch (of(yaml, gpus, pinned)) {
      case Resolution.Known.Found found -> {
        var step = Planner.plan(found.resolution().experiment()).step("pretrain");
        yield ((StepRequest.Pretrain) step.request()).pretrain().deviceCount();
      }
      case Resolution.Known.Open open -> throw new AssertionError(open.outlook());
    };
  }

  private Resolution.Known of(String yaml, int gpus, @Nullable Integer pinned) {
    CheckedExperiment checked = SomePlan.checked(yaml);
    SupConExperiment experiment = new SupConExperiment();
    experiment.setMetadata(
        new ObjectMetaBuilder().withName("e").withNamespace(NAMESPACE).withGeneration(1L).build());
    experiment.setSpec(checked.spec());
    if (pinned != null) {
      experiment.setStatus(status(checked, pinned));
    }
    Tenant tenant =
        new Tenant("s3://bucket/team", null, null, List.of(), List.of("default", "other"), 16);
    Configuration configuration =
        new Configuration(
            Map.of(NAMESPACE, tenant),
            Map.of(
                "default", runtime(new StepRuntime.Gpu("nvidia.com/gpu", gpus)),
                "other", runtime(new StepRuntime.Gpu("nvidia.com/mig-1g.10gb", 2))));
    Subject subject = Subject.of(experiment, Instant.EPOCH);
    return Resolution.of(subject, checked, new Grants(configuration, tenant, NAMESPACE), mirror);
  }

  private static StepRuntime runtime(StepRuntime.Gpu gpu) {
    return new StepRuntime(
        "runner",
        null,
        null,
        gpu,
        Map.of(),
        null,
        Map.of(),
        List.of(),
        null,
        null,
        new StepRuntime.Scratch("1Gi", null),
        "1Gi",
        List.of(),
        1,
        0);
  }

  private static ExperimentStatus status(CheckedExperiment checked, int devices) {
    ResolvedStatus resolved =
        new ResolvedStatus(
            1L,
            Instant.EPOCH.toString(),
            null,
            "decoder",
            checked.dataSets().stream()
                .map(data -> new ResolvedStatus.Digest(data.name(), "d"))
                .toList(),
            List.of(),
            List.of(),
            devices);
    return new ExperimentStatus(
        1L, List.of(), null, null, 0, 0L, 0.0, List.of(), List.of(), null, resolved, Links.NONE);
  }
}
