package dev.supcon.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.EmbeddedData;
import dev.supcon.contract.step.RunContext;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.loopback.LoopbackS3;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.Outcome;
import dev.supcon.services.store.Progress;
import dev.supcon.services.store.StepStore;
import dev.supcon.services.store.Stores;
import dev.supcon.services.track.TcpProxy;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Through a real S3 client to an S3 server in this JVM, with a proxy before it that can go away.
 */
final class MirrorTest {
  private static final StepKey KEY = new StepKey("0123456789abcdef".repeat(4));
  private static final ResourceID ANNA = new ResourceID("anna", "team");
  private static final ResourceID BERT = new ResourceID("bert", "team");

  private final LoopbackS3 server = new LoopbackS3();
  private final TcpProxy proxy =
      new TcpProxy(URI.create(server.environment().getOrDefault("SUPCON_S3_ENDPOINT", "")));
  private final ObjectStore store = Stores.open("s3://bucket/team", server.environment());
  private final Whereabouts tenant = new Whereabouts("team", "s3://bucket/team", proxy.url(), "");
  private final Woken woken = new Woken();
  private final Queue<String> calls = new ConcurrentLinkedQueue<>();
  @TempDir private Path credentials = Path.of("");
  private Mirror mirror = mirror();

  private Mirror mirror() {
    return new Mirror(
        new MirrorSettings(
            credentials,
            InstantSource.system(),
            woken::wake,
            (system, outcome, took) -> calls.add(outcome),
            (namespace, pod) -> Optional.of("the end of " + namespace + "/" + pod),
            notice -> {}));
  }

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(credentials.resolve("s3"));
    Files.writeString(credentials.resolve("s3/access-key"), "supcon\n");
    Files.writeString(credentials.resolve("s3/secret-key"), "supcon-secret\n");
    mirror.close();
    mirror = mirror();
  }

  @AfterEach
  void close() throws IOException {
    mirror.close();
    store.close();
    proxy.close();
    server.close();
  }

  @Test
  void nothingIsKnownUntilItWasLookedFor() {
    assertThat(mirror.result(ANNA, tenant, KEY, Instant.EPOCH)).isEqualTo(Unknown.ASKED);
    assertThat(woken.next()).isEqualTo(ANNA);
    assertThat(mirror.result(ANNA, tenant, KEY, Instant.EPOCH))
        .isInstanceOfSatisfying(
            Look.Miss.class,
            miss -> {
              assertThat(miss.reason()).isEqualTo("NoManifest");
              assertThat(miss.checkpoint()).isEqualTo(-1);
            });
  }

  @Test
  void aResultIsAHitWithItsReport() {
    publish("pod-1");
    mirror.result(ANNA, tenant, KEY, Instant.EPOCH);
    woken.next();

    assertThat(mirror.result(ANNA, tenant, KEY, Instant.EPOCH))
        .isInstanceOfSatisfying(
            Look.Hit.class,
            hit -> {
              assertThat(hit.attempt()).isEqualTo("pod-1");
              assertThat(hit.report().metrics()).containsEntry("knn.test.top1", 0.5);
            });
  }

  private void publish(String attempt) {
    StepReport report =
        new StepReport(StepKind.PRETRAIN, Map.of("knn.test.top1", 0.5), Map.of(), 1.0);
    Path files = credentials.resolve("result");
    try {
      Files.createDirectories(files);
      Files.writeString(files.resolve("encoder"), "weights");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    new StepStore(store, KEY).publish(attempt, files, new Outcome(report, Map.of(), List.of()));
  }

  @Test
  void onlyALookThatBeganLaterCounts() {
    mirror.result(ANNA, tenant, KEY, Instant.EPOCH);
    woken.next();
    publish("pod-1");
    Instant end = Instant.now();

    assertThat(mirror.result(ANNA, tenant, KEY, Instant.EPOCH)).isInstanceOf(Look.Miss.class);
    assertThat(mirror.result(ANNA, tenant, KEY, end)).isEqualTo(Unknown.ASKED);
    woken.next();
    assertThat(mirror.result(ANNA, tenant, KEY, end)).isInstanceOf(Look.Hit.class);
  }

  @Test
  void whatManyAskIsLookedForOnce() {
    proxy.mode(TcpProxy.Mode.STALL);
    mirror.result(ANNA, tenant, KEY, Instant.EPOCH);
    mirror.result(BERT, tenant, KEY, Instant.EPOCH);
    mirror.result(ANNA, tenant, KEY, Instant.EPOCH);
    proxy.mode(TcpProxy.Mode.CARRY);

    assertThat(List.of(woken.next(), woken.next())).containsExactlyInAnyOrder(ANNA, BERT);
    assertThat(woken.nobody()).isTrue();
    Woken.until(() -> !calls.isEmpty()); // counted after the asker was woken
    assertThat(calls).containsExactly("success");
  }

  @Test
  void anOutageIsSaidOnceAndItsEndToo() {
    proxy.mode(TcpProxy.Mode.CUT);
    mirror.result(ANNA, tenant, KEY, Instant.EPOCH);
    woken.next();

    assertThat(mirror.result(ANNA, tenant, KEY, Instant.EPOCH))
        .isInstanceOfSatisfying(
            Unknown.class,
            unknown -> {
              assertThat(unknown.why()).isEqualTo(Unknown.Why.UNREACHABLE);
              assertThat(unknown.detail()).contains(proxy.url());
            });
    Woken.until(() -> mirror.lines().anyOpen(Outside.STORE));
    proxy.mode(TcpProxy.Mode.CARRY);
    woken.next();
    assertThat(mirror.result(ANNA, tenant, KEY, Instant.EPOCH)).isInstanceOf(Look.Miss.class);
    Woken.until(() -> !mirror.lines().anyOpen(Outside.STORE));
  }

  @Test
  void whatWasKnownStaysKnownInAnOutage() {
    mirror.result(ANNA, tenant, KEY, Instant.EPOCH);
    woken.next();
    proxy.mode(TcpProxy.Mode.CUT);

    assertThat(mirror.result(ANNA, tenant, KEY, Instant.EPOCH)).isInstanceOf(Look.Miss.class);
  }

  @Test
  void missingCredentialsAreARefusalAndAreLookedForAgain() throws IOException {
    Files.delete(credentials.resolve("s3/access-key"));
    mirror.result(ANNA, tenant, KEY, Instant.EPOCH);
    woken.next();

    assertThat(mirror.result(ANNA, tenant, KEY, Instant.EPOCH))
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.why()).isEqualTo(Unknown.Why.REFUSED));
  }

  @Test
  void whoLeavesIsNotWoken() {
    proxy.mode(TcpProxy.Mode.STALL);
    mirror.result(ANNA, tenant, KEY, Instant.EPOCH);
    mirror.result(BERT, tenant, KEY, Instant.EPOCH);
    mirror.forget(ANNA);
    proxy.mode(TcpProxy.Mode.CARRY);

    assertThat(woken.next()).isEqualTo(BERT);
    assertThat(woken.nobody()).isTrue();
  }

  @Test
  void embeddedAndPinnedDataNeedNoLook() {
    assertThat(mirror.digest(ANNA, tenant, data(Map.of("name", "shapes"))))
        .isEqualTo(new Digest.Known(EmbeddedData.digest(DataFormat.SHAPES)));
    Map<String, String> pinned =
        Map.of("name", "birds", "s3", "s3://bucket/birds", "digest", "ab".repeat(32));
    assertThat(mirror.digest(ANNA, tenant, data(pinned)))
        .isEqualTo(new Digest.Known("ab".repeat(32)));
    assertThat(calls).isEmpty();
  }

  @Test
  void dataWithoutAPlaceIsRefused() {
    assertThat(mirror.digest(ANNA, tenant, data(Map.of("name", "birds"))))
        .isInstanceOfSatisfying(
            Unknown.class,
            unknown -> {
              assertThat(unknown.why()).isEqualTo(Unknown.Why.REFUSED);
              assertThat(unknown.detail()).contains("birds", "s3");
            });
  }

  private static DataSpec data(Map<String, String> fields) {
    return ContractJson.MAPPER.convertValue(new HashMap<>(fields), DataSpec.class);
  }

  @Test
  void theProgressOfAFollowedStepIsSeenAndTold() {
    new StepStore(store, KEY).progress(new Progress("pod-1", 0.25, "epoch 3", 1000));
    mirror.follow(ANNA, tenant, Set.of(KEY));

    assertThat(woken.next()).isEqualTo(ANNA);
    assertThat(mirror.progress(tenant, KEY))
        .contains(new StepProgress("pod-1", 0.25, "epoch 3", Instant.ofEpochMilli(1000)));
    mirror.follow(ANNA, tenant, Set.of());
    assertThat(mirror.progress(tenant, KEY)).isEmpty();
  }

  @Test
  void theEndOfAFailedPodsLogIsKeptOnce() {
    mirror.keepLog(tenant, "pretrain-x", "pod-1");
    mirror.keepLog(tenant, "pretrain-x", "pod-1");
    Woken.until(() -> store.head("log/pod-1.txt").isPresent());

    assertThat(store.read("log/pod-1.txt", 100).orElseThrow().bytes())
        .asString()
        .isEqualTo("the end of team/pretrain-x");
    Woken.until(() -> !calls.isEmpty());
    assertThat(calls).containsExactly("success");
  }

  @Test
  void aNamespaceWithoutATrackerIsNotTracked() {
    RunWish wish =
        new RunWish(
            new RunContext("team/anna", Map.of()),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            Set.of(),
            RunWish.End.RUNNING);

    assertThat(mirror.track(ANNA, tenant, wish)).isEqualTo(new Told.NotTracked());
  }
}
