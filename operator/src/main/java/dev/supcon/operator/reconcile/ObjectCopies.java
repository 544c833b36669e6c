package dev.supcon.operator.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;

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
        ? (T) with(experiment, copy(experiment.getMetadata()), experiment.getStatus())
        : super.clone(object);
  }

  private static ObjectMeta copy(ObjectMeta metadata) {
    return new ObjectMetaBuilder(metadata).build();
  }

  /** The same experiment under these metadata and with this status. */
  static SupConExperiment with(
      SupConExperiment experiment, ObjectMeta metadata, @Nullable ExperimentStatus status) {
    SupConExperiment copy = new SupConExperiment();
    copy.setMetadata(metadata);
    copy.setSpec(experiment.getSpec());
    copy.setStatus(status);
    copy.setUnreadable(experiment.getUnreadable());
    return copy;
  }
}
