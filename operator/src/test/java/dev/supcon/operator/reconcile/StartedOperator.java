package dev.supcon.operator.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.supcon.operator.config.LiveConfiguration;
import dev.supcon.operator.mirror.Mirror;
import dev.supcon.operator.mirror.MirrorSettings;
import dev.supcon.operator.trace.Traces;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/** The operator's own parts, put together as the application does, without Quarkus. */
record StartedOperator(Runnable stop) implements AutoCloseable {
  static final int MINUTE = 60_000;
  static final StartedOperator NONE = new StartedOperator(() -> {});

  static KubernetesClient client() {
    return client(config());
  }

  /** With more patience than a busy machine needs. */
  static Config config() {
    return new ConfigBuilder(Config.autoConfigure(null))
        .withConnectionTimeout(MINUTE)
        .withRequestTimeout(MINUTE)
        .build();
  }

  static KubernetesClient client(Config config) {
    ObjectMapper mapper = new ObjectMapper();
    new ObjectReading().customize(mapper);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(new ObjectCopies(mapper))
        .build();
  }

  static StartedOperator on(Path folder, String namespace) {
    return on(folder, client(), namespace);
  }

  static StartedOperator on(Path folder, KubernetesClient client, String... namespaces) {
    InstantSource clock = InstantSource.system();
    Wakes wakes = new Wakes();
    Meters meters = new Meters(new SimpleMeterRegistry());
    LiveConfiguration configuration = new LiveConfiguration(folder.resolve("config.yaml"));
    if (configuration.reread() instanceof LiveConfiguration.Change.Refused refused) {
      throw new AssertionError(refused.violations());
    }
    Mirror mirror =
        new Mirror(
            new MirrorSettings(
                folder.resolve("credentials"),
                clock,
                wakes::wake,
                meters::called,
                new PodLog(client),
                notice -> {}));
    Works works =
        new Works(
            configuration,
            mirror,
            new JobWrites(client),
            new Interests(),
            new Neighbours(),
            new Turns(wakes::wake),
            new Slots(clock),
            new Readings(),
            new LastWrites(),
            wakes,
            new Journal(
                new EventLog(client, "it", clock),
                meters,
                new Traces(OpenTelemetry.noop().getTracer("it"))),
            clock);
    Operator operator =
        new Operator(
            overrider ->
                overrider
                    .withKubernetesClient(client)
                    .withConcurrentReconciliationThreads(64)
                    .withMetrics(new Departures(new Farewell(works)::to))
                    .withCloseClientOnStop(true));
    operator.register(
        new ExperimentReconciler(works, new Census(new SimpleMeterRegistry(), meters, clock)),
        overrider -> overrider.settingNamespaces(Set.of(namespaces)));
    operator.start();
    return new StartedOperator(
        () -> {
          works.journal().events().close();
          operator.stop();
          mirror.close();
        });
  }

  @Override
  public void close() {
    stop.run();
  }
}
