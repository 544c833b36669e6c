package dev.supcon.operator.reconcile;

import dev.supcon.operator.api.SupConExperiment;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Events of an experiment. The same said again within a while makes no new object, and one that
 * cannot be written is lost: events are for people, the status is the truth. So nobody waits until
 * one is written.
 */
final class EventLog implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(EventLog.class);
  private static final String CONTROLLER = "supcon.dev/operator";
  private static final int NOTE = 1024;
  private static final String LABEL =
      "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"; // what else is stored past the CRD
  private static final int REMEMBERED = 10_000;
  private static final int WAITING = 10_000;
  private static final int WRITERS = 4;
  private static final int LAST_WORDS_SECONDS = 2;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final String instance;
  private final InstantSource clock;
  private final Map<String, Said> said = new LinkedHashMap<>();
  private final ExecutorService writers =
      new ThreadPoolExecutor(
          WRITERS,
          WRITERS,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING),
          Thread.ofPlatform().daemon().name("events-", 0).factory(),
          (event, full) -> LOG.debug("An event is lost: too many are to be written"));

  /**
   * @param instance name of this operator's pod
   */
  EventLog(KubernetesClient client, String instance, InstantSource clock) {
    this.client = client;
    this.instance = instance;
    this.clock = clock;
  }

  /**
   * @param type {@code Normal} or {@code Warning}
   */
  void say(SupConExperiment about, String type, String reason, String note) {
    Instant now = clock.instant();
    Event event = event(about, type, reason, note, now);
    switch (next(event.getMetadata().getName(), now)) {
      case Said first when first.times() == 1 ->
          write(event, () -> client.resource(event).create());
      case Said again when again.due() -> write(event, () -> series(event, again, now));
      case Said ignored -> {}
    }
  }

  private void write(Event event, Runnable writing) {
    writers.execute(
        () -> {
          try {
            writing.run();
          } catch (KubernetesClientException e) {
            String name = event.getMetadata().getName();
            LOG.debugf("Event %s of %s is lost: %s", event.getReason(), name, e.getMessage());
          }
        });
  }

  /** What was said last is written, if that takes no longer than a moment. */
  @Override
  public void close() {
    writers.shutdown();
    try {
      if (!writers.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        writers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      writers.shutdownNow();
    }
  }

  private synchronized Said next(String name, Instant now) {
    Said before = said.remove(name);
    Said next = before == null ? new Said(1, now, false) : before.again(now);
    said.put(name, next);
    if (said.size() > REMEMBERED) {
      said.remove(said.keySet().iterator().next());
    }
    return next;
  }

  private Event event(
      SupConExperiment about, String type, String reason, String note, Instant now) {
    String cut = note.length() <= NOTE ? note : note.substring(0, NOTE);
    return new EventBuilder()
        .withNewMetadata()
        .withName(name(about, type + "/" + reason + "/" + note))
        .withNamespace(about.getMetadata().getNamespace())
        .endMetadata()
        .withEventTime(micro(now))
        .withReportingController(CONTROLLER)
        .withReportingInstance(instance)
        .withAction("Reconcile")
        .withType(type)
        .withReason(reason)
        .withNote(cut)
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withName(about.getMetadata().getName())
                .withNamespace(about.getMetadata().getNamespace())
                .withUid(about.getMetadata().getUid())
                .build())
        .build();
  }

  /** The same words about the same object have the same name: said twice, they are there once. */
  private static String name(SupConExperiment about, String words) {
    byte[] content = (about.getMetadata().getUid() + "/" + words).getBytes(StandardCharsets.UTF_8);
    String name = about.getMetadata().getName();
    return (name.matches(LABEL) ? name : "experiment") + "." + UUID.nameUUIDFromBytes(content);
  }

  private void series(Event event, Said said, Instant now) {
    String series =
        "{\"series\":{\"count\":%d,\"lastObservedTime\":\"%s\"}}"
            .formatted(said.times(), MICROS.format(now));
    client.resource(event).patch(PatchContext.of(PatchType.JSON_MERGE), series);
  }

  private static MicroTime micro(Instant time) {
    return new MicroTime(MICROS.format(time));
  }

  /**
   * @param due whether it is time to say that it was said again
   */
  private record Said(int times, Instant written, boolean due) {
    private static final long SECONDS = 60;

    Said again(Instant now) {
      boolean late = written.plusSeconds(SECONDS).isBefore(now);
      return new Said(times + 1, late ? now : written, late);
    }
  }
}
