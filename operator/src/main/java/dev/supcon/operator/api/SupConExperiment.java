package dev.supcon.operator.api;

import dev.supcon.contract.spec.ExperimentSpec;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** An experiment as a resource of the cluster. */
@Group("supcon.dev")
@Version("v1alpha1")
@ShortNames("sce")
public final class SupConExperiment extends CustomResource<ExperimentSpec, ExperimentStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
