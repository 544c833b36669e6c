package dev.supcon.operator.mirror;

import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.StepKey;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the operator knows of the two outside systems. Every method answers at once with what is
 * known, sees to it that more will be known, and wakes the asker then.
 */
public final class Mirror implements AutoCloseable {
  private final Lines lines;
  private final Looks<DataKey, String> digests;
  private final Looks<ResultKey, Look> results;
  private final Progresses progresses;
  private final Tracker tracker;
  private final PodLogs logs;

  public Mirror(MirrorSettings settings) {
    this.lines = new Lines(settings.clock(), settings.meters());
    Credentials credentials = new Credentials(settings.credentials());
    StoreClients stores = new StoreClients(credentials, lines.timer());
    StoreQuestions ask = new StoreQuestions(stores, settings.clock());
    Function<ResultKey, Line> way = at -> store(at.tenant());
    this.digests =
        new Looks<>(
            new DataDigests(credentials)::of,
            data -> store(data.tenant()),
            settings.clock(),
            settings.wake());
    this.results = new Looks<>(ask::result, way, settings.clock(), settings.wake());
    this.progresses = new Progresses(ask::progress, way, settings.clock(), settings.wake());
    this.tracker =
        new Tracker(
            lines,
            new RunTelling(stores, credentials, settings.clock(), settings.notice()),
            settings.wake());
    this.logs = new PodLogs(lines, stores, settings.logs());
    long round = Progresses.ROUND.toSeconds();
    var unused =
        lines.timer().scheduleWithFixedDelay(progresses::look, round, round, TimeUnit.SECONDS);
  }

  private Line store(Whereabouts tenant) {
    return lines.to(Outside.STORE, tenant.s3Endpoint());
  }

  /** The digest of a data set's source: its own word for it, or what lies in S3. */
  public Digest digest(ResourceID asker, Whereabouts tenant, DataSpec data) {
    return DataDigests.known(data)
        .orElseGet(() -> digestOf(asker, new DataKey(tenant, Objects.requireNonNull(data.s3()))));
  }

  /** The asker has all digests that it wants: the next one to ask has S3 asked anew. */
  public void settle(ResourceID asker) {
    digests.forget(asker);
  }

  private Digest digestOf(ResourceID asker, DataKey data) {
    return switch (digests.ask(asker, data, Instant.EPOCH)) {
      case Looks.Answer.Known<String> known -> new Digest.Known(known.value());
      case Looks.Answer.Open<String> open -> open.reason();
    };
  }

  /**
   * Whether a step is done.
   *
   * @param since only a look that began later counts
   */
  public Look result(ResourceID asker, Whereabouts tenant, StepKey key, Instant since) {
    return switch (results.ask(asker, new ResultKey(tenant, key), since)) {
      case Looks.Answer.Known<Look> known -> known.value();
      case Looks.Answer.Open<Look> open -> open.reason();
    };
  }

  /** From now on exactly these steps are watched for this asker. */
  public void follow(ResourceID asker, Whereabouts tenant, Set<StepKey> running) {
    progresses.follow(
        asker, running.stream().map(key -> new ResultKey(tenant, key)).collect(Collectors.toSet()));
  }

  /** How far a watched step is. */
  public Optional<StepProgress> progress(Whereabouts tenant, StepKey key) {
    return progresses.latest(new ResultKey(tenant, key));
  }

  /** What the tracking server is to know; whether it does. */
  public Told track(ResourceID asker, Whereabouts tenant, RunWish wish) {
    return tracker.track(asker, tenant, wish);
  }

  /** Keeps the last lines of a pod that failed, as {@code log/<UID>.txt} in the store. */
  public void keepLog(Whereabouts where, String pod, String uid) {
    logs.keep(where, pod, uid);
  }

  /** An experiment that is finished or gone asks nothing more. */
  public void forget(ResourceID asker) {
    digests.forget(asker);
    results.forget(asker);
    progresses.follow(asker, Set.of());
    tracker.forget(asker);
  }

  /** The ways to the servers, for metrics. */
  public Lines lines() {
    return lines;
  }

  @Override
  public void close() {
    lines.close();
  }
}
