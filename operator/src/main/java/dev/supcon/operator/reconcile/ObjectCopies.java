package dev.supcon.operator.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Copies an experiment, as the SDK does for every reconcile, without a way through JSON: spec and
 * status never change, so that only the metadata is copied.
 */
final class ObjectCopies extends KubernetesSerialization {

  ObjectCopies(ObjectMapper mapper) {
    super(mapper, true);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T clone(T object) {
    return object instanceof SupConExperiment experiment
        ? (T) copy(experiment)
        : super.clone(object);
  }

  private static SupConExperiment copy(SupConExperiment experiment) {
    SupConExperiment copy = new SupConExperiment();
    copy.setMetadata(new ObjectMetaBuilder(experiment.getMetadata()).build());
    copy.setSpec(experiment.getSpec());
    copy.setStatus(experiment.getStatus());
    copy.setUnreadable(experiment.getUnreadable());
    return copy;
  }
}
