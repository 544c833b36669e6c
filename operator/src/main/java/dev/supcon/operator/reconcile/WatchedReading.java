package dev.supcon.operator.reconcile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserSequence;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.internal.KubernetesDeserializer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads the object of a watch's event. An API server says first what it is; the Jobs and pods,
 * which are most of the events, are read from there on as they come, without a tree in between.
 */
final class WatchedReading extends JsonDeserializer<KubernetesResource> {
  private static final Set<String> WHAT = Set.of("kind", "apiVersion");
  private static final Map<Map<String, String>, Class<? extends KubernetesResource>> MANY =
      Map.of(
          Map.of("kind", "Job", "apiVersion", "batch/v1"), Job.class,
          Map.of("kind", "Pod", "apiVersion", "v1"), Pod.class);

  /** Puts it on the event's object. */
  interface Event {
    @JsonDeserialize(using = WatchedReading.class)
    void setObject(KubernetesResource object);
  }

  @Override
  public KubernetesResource deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    Map<String, String> what = new HashMap<>();
    TokenBuffer head = new TokenBuffer(parser, context);
    head.copyCurrentEvent(parser);
    while (parser.nextToken() == JsonToken.FIELD_NAME && WHAT.contains(parser.currentName())) {
      head.copyCurrentEvent(parser);
      parser.nextToken();
      head.copyCurrentEvent(parser);
      what.put(parser.currentName(), parser.getText());
    }
    JsonParser whole = JsonParserSequence.createFlattened(true, head.asParser(parser), parser);
    whole.nextToken();
    Class<? extends KubernetesResource> type = MANY.get(what);
    return type == null
        ? new KubernetesDeserializer().deserialize(whole, context)
        : context.readValue(whole, type);
  }
}
