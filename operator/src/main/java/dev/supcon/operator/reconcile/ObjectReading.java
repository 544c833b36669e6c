package dev.supcon.operator.reconcile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;

/**
 * Objects are read as the contract reads its records: one stored object with a word or field that
 * this version does not know would stop the whole informer.
 */
@Singleton
final class ObjectReading implements KubernetesClientObjectMapperCustomizer {

  private static final int DEPTH = 12_000; // more than an API server reads

  /** Who wrote which field is a third of a Job, and nobody here asks. */
  @JsonIgnoreProperties(value = "managedFields", ignoreUnknown = true)
  private static final class WithoutManagers {}

  @Override
  public void customize(ObjectMapper mapper) {
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).build());
    mapper
        .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
        .addMixIn(ObjectMeta.class, WithoutManagers.class)
        .addMixIn(WatchEvent.class, WatchedReading.Event.class)
        .registerModule(
            new SimpleModule().addDeserializer(SupConExperiment.class, new ExperimentReading()));
  }
}
