package dev.supcon.operator.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the runner reads from its environment; no secret is among it. */
final class PodEnvironment {
  private PodEnvironment() {}

  static List<EnvVar> of(JobOrder order) {
    List<EnvVar> variables = new ArrayList<>();
    add(variables, "SUPCON_ORDER", PodVolumes.ORDER_FOLDER + "/" + PodVolumes.ORDER_FILE);
    variables.add(attempt());
    add(variables, "SUPCON_STORE", order.tenant().store());
    add(variables, "SUPCON_S3_ENDPOINT", order.tenant().s3Endpoint());
    add(variables, "SUPCON_MLFLOW", order.tenant().mlflow());
    add(variables, "SUPCON_SCRATCH", PodVolumes.SCRATCH);
    if (order.runtime().threads() != null) {
      add(variables, "OMP_NUM_THREADS", order.runtime().threads().toString());
    }
    return variables;
  }

  /** The pod's UID: no two pods write to one place. */
  private static EnvVar attempt() {
    return new EnvVarBuilder()
        .withName("SUPCON_ATTEMPT")
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath("metadata.uid")
        .endFieldRef()
        .endValueFrom()
        .build();
  }

  private static void add(List<EnvVar> variables, String name, @Nullable String value) {
    if (value != null) {
      variables.add(new EnvVarBuilder().withName(name).withValue(value).build());
    }
  }
}
