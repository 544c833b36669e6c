package dev.supcon.operator.scale;

import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Stores;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What the operator costs on a control plane with fake nodes, beside the same number of plain Jobs
 * there. {@code dev/bench/operator} prepares all that it needs and starts it.
 */
final class ScaleBench implements AutoCloseable {
  private static final int FEW = 20;
  private static final int WARM_UPS = 40;
  private static final long PATIENCE_SECONDS = 900;
  private static final long SETTLE_SECONDS = 15;

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Path folder;
  private final AuditLog audit;
  private final OperatorProcess operator;
  private final Processors processors;

  private ScaleBench(Path folder, Path jar, Path audit) {
    this.folder = folder;
    this.audit = new AuditLog(audit);
    this.operator = new OperatorProcess(jar, folder);
    this.processors =
        new Processors(Path.of(System.getenv("SUPCON_CLUSTER_DIR")), operator.handle());
  }

  /**
   * @param arguments folder for state and logs, the operator's jar, the API server's audit log, how
   *     many experiments at once, how many at rest, minutes at rest
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    int many = Integer.parseInt(arguments[3]);
    try (ScaleBench bench =
        new ScaleBench(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]))) {
      bench.operator.awaitReady();
      bench.run("scale-warm", Math.min(WARM_UPS, many));
      bench.run("scale-few", Math.min(FEW, many));
      double floor = bench.floor(many * Fleet.STEPS);
      double rate = bench.run("scale-many", many);
      bench.tell("of the floor", "%.2f", rate / floor);
      bench.rest(many, Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
    }
    System.exit(0); // Vert.x's threads outlive its client
  }

  /** Steps a second, from the first experiment to the last end. */
  private double run(String namespace, int experiments) throws IOException, InterruptedException {
    Fleet fleet = new Fleet(client, namespace);
    Instant from = Instant.now();
    Map<String, Double> before = processors.seconds();
    try (ObjectStore store = Stores.open("s3://supcon/" + namespace);
        StepStub stub = new StepStub(client, namespace, store, folder);
        JobTimes jobs = new JobTimes(client, namespace)) {
      long begin = System.nanoTime();
      fleet.create("e", experiments);
      await(() -> jobs.complete() == (long) experiments * Fleet.STEPS);
      tell(namespace + ": results", "%.0f", stub.published());
      await(() -> fleet.succeeded() == experiments);
      double rate = experiments * Fleet.STEPS / ((jobs.last() - begin) / 1e9);
      tell(namespace + ": steps/s", "%.1f", rate);
      processors(namespace, before, experiments * Fleet.STEPS);
      latencies(namespace + ": Complete to next Job", jobs.sinceComplete());
      latencies(namespace + ": pod's end to next Job", jobs.sinceEnd(stub.ended()));
      if (jobs.made() != experiments * Fleet.STEPS) {
        throw new IllegalStateException(jobs.made() + " Jobs were made: some step ran twice");
      }
      heap(namespace);
      writes(namespace, from, experiments);
      return rate;
    }
  }

  private void processors(String what, Map<String, Double> before, int steps) {
    Map<String, Double> after = processors.seconds();
    double sum = 0;
    for (Map.Entry<String, Double> process : after.entrySet()) {
      double spent = process.getValue() - before.getOrDefault(process.getKey(), 0.0);
      sum += spent;
      tell(what + ": processor ms per step, " + process.getKey(), "%.1f", 1e3 * spent / steps);
    }
    tell(what + ": processor ms per step, all", "%.1f", 1e3 * sum / steps);
  }

  private void latencies(String what, double[] ascending) {
    for (int percent : new int[] {50, 95, 99, 100}) {
      int at = (int) Math.ceil(percent / 100.0 * ascending.length) - 1;
      tell(what + ", s, p" + percent, "%.3f", ascending[at]);
    }
  }

  private void heap(String namespace) throws IOException, InterruptedException {
    tell(namespace + ": heap MiB before a collection, peak", "%.0f", operator.peakHeap());
    tell(namespace + ": heap MiB after a collection", "%.0f", operator.liveHeap());
  }

  private void writes(String namespace, Instant from, int experiments) throws InterruptedException {
    TimeUnit.SECONDS.sleep(2); // the audit log is written in batches
    audit
        .calls(from, Instant.now())
        .forEach(
            (call, times) ->
                tell(
                    namespace + ": " + call + ", per experiment",
                    "%.2f",
                    (double) times / experiments));
  }

  /** Jobs a second. */
  private double floor(int jobs) throws InterruptedException {
    String namespace = "scale-floor";
    String like =
        client.raw(
            "/apis/batch/v1/namespaces/scale-warm/jobs/"
                + client
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace("scale-warm")
                    .withLabel("supcon.dev/step", "pretrain")
                    .list()
                    .getItems()
                    .getFirst()
                    .getMetadata()
                    .getName());
    PlainJobs plain = new PlainJobs(client, namespace, like);
    try (ObjectStore store = Stores.open("s3://supcon/" + namespace);
        StepStub stub = new StepStub(client, namespace, store, folder);
        JobTimes times = new JobTimes(client, namespace)) {
      Map<String, Double> before = processors.seconds();
      long begin = System.nanoTime();
      plain.create(jobs);
      await(() -> times.complete() == jobs);
      tell("floor: results", "%.0f", stub.published());
      double rate = jobs / ((times.last() - begin) / 1e9);
      tell("floor: Jobs/s", "%.1f", rate);
      processors("floor", before, jobs);
      return rate;
    }
  }

  /** More experiments, whose results are all there; then nothing happens. */
  private void rest(int before, int experiments, int minutes) throws InterruptedException {
    if (minutes == 0) {
      return;
    }
    Fleet fleet = new Fleet(client, "scale-many");
    for (int made = before; made < experiments; made += before) {
      fleet.create("r" + made, Math.min(before, experiments - made));
    }
    await(() -> fleet.succeeded() == Math.max(before, experiments));
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    Instant from = Instant.now();
    TimeUnit.MINUTES.sleep(minutes);
    Instant to = Instant.now();
    TimeUnit.SECONDS.sleep(2);
    Map<String, Integer> calls = audit.calls(from, to);
    calls.forEach(
        (call, times) -> tell("rest: " + call + ", per minute", "%.2f", (double) times / minutes));
    int reads =
        calls.entrySet().stream()
            .filter(call -> AuditLog.reads(call.getKey()))
            .mapToInt(Map.Entry::getValue)
            .sum();
    tell("rest: reads per minute", "%.2f", (double) reads / minutes);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("it did not come to be in time");
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private void tell(String what, String format, double value) {
    System.out.printf(Locale.ROOT, "%-60s " + format + "%n", what, value);
  }

  @Override
  public void close() {
    operator.close();
    client.close();
  }
}
