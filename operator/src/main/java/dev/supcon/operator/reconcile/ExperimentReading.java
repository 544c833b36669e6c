package dev.supcon.operator.reconcile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;

/**
 * Reads an experiment whatever stands in it: the informer of all of them ends at the first that
 * cannot be read. What does not fit is left out, and of a spec it is said.
 */
final class ExperimentReading extends JsonDeserializer<SupConExperiment> {

  @Override
  public SupConExperiment deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    ObjectCodec codec = parser.getCodec();
    JsonNode tree = codec.readTree(parser);
    SupConExperiment experiment = new SupConExperiment();
    experiment.setMetadata(codec.treeToValue(tree.path("metadata"), ObjectMeta.class));
    StoredPart spec = new StoredPart(codec, "spec", tree.path("spec"));
    experiment.setSpec(spec.as(ExperimentSpec.class));
    if (tree.hasNonNull("status")) {
      experiment.setStatus(
          new StoredPart(codec, "status", tree.path("status")).as(ExperimentStatus.class));
    }
    experiment.setUnreadable(spec.faults());
    return experiment;
  }
}
