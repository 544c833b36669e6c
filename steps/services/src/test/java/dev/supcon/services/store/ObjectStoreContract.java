package dev.supcon.services.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store keeps to. */
interface ObjectStoreContract {
  int WRITERS = 8;

  /** An empty store. */
  ObjectStore store();

  @Test
  default void whatIsPutIsRead() throws IOException {
    ObjectStore.Head written = store().put("a/b.txt", bytes("hello"));

    assertThat(store().head("a/b.txt")).contains(written);
    assertThat(written.size()).isEqualTo(5);
    assertThat(content("a/b.txt")).isEqualTo("hello");
    try (InputStream in = store().open("a/b.txt").orElseThrow()) {
      assertThat(in.readAllBytes()).isEqualTo(bytes("hello"));
    }
  }

  @Test
  default void filesArePutWhole(@TempDir Path temp) throws IOException {
    Path file = Files.write(temp.resolve("f"), new byte[100_000]);

    assertThat(store().put("f", file).size()).isEqualTo(100_000);
    assertThat(store().read("f", 200_000).orElseThrow().bytes()).hasSize(100_000);
  }

  @Test
  default void anEmptyObjectIsAnObject() {
    store().put("empty", new byte[0]);

    assertThat(store().head("empty").orElseThrow().size()).isZero();
    assertThat(content("empty")).isEmpty();
  }

  @Test
  default void readingStopsAtTheLimit() {
    store().put("long", bytes("0123456789"));

    assertThat(store().read("long", 4).orElseThrow().bytes()).isEqualTo(bytes("0123"));
  }

  @Test
  default void whatWasNeverPutIsAbsentEverywhere() {
    assertThat(store().head("no/such")).isEmpty();
    assertThat(store().read("no/such", 10)).isEmpty();
    assertThat(store().open("no/such")).isEmpty();
    assertThat(store().list("no/")).isEmpty();
    assertThat(store().replaceIfMatch("no/such", "x", bytes("y"))).isFalse();
    store().delete("no/such");
  }

  @Test
  default void anotherVersionHasAnotherEtag() {
    ObjectStore.Head first = store().put("v", bytes("one"));
    ObjectStore.Head second = store().put("v", bytes("two"));

    assertThat(second.etag()).isNotEqualTo(first.etag());
  }

  @Test
  default void onlyTheFirstIsPutIfAbsent() {
    assertThat(store().putIfAbsent("c", bytes("first"))).isTrue();
    assertThat(store().putIfAbsent("c", bytes("second"))).isFalse();
    assertThat(content("c")).isEqualTo("first");
  }

  @Test
  default void onlyTheVersionThatWasSeenIsReplaced() {
    ObjectStore.Head seen = store().put("r", bytes("seen"));
    assertThat(store().replaceIfMatch("r", seen.etag(), bytes("new"))).isTrue();
    assertThat(store().replaceIfMatch("r", seen.etag(), bytes("late"))).isFalse();
    assertThat(content("r")).isEqualTo("new");
  }

  @Test
  default void ofManyWritersOneIsFirst() {
    AtomicInteger winners = new AtomicInteger();
    inParallel(
        i -> {
          if (store().putIfAbsent("race", bytes("writer " + i))) {
            winners.incrementAndGet();
          }
        });

    assertThat(winners).hasValue(1);
    assertThat(content("race")).startsWith("writer ");
  }

  @Test
  default void ofManyReplacersOneIsTaken() {
    String etag = store().put("race", bytes("old")).etag();
    AtomicInteger winners = new AtomicInteger();
    inParallel(
        i -> {
          if (store().replaceIfMatch("race", etag, bytes("writer " + i))) {
            winners.incrementAndGet();
          }
        });

    assertThat(winners).hasValue(1);
  }

  @Test
  default void aReaderNeverSeesHalfAnObject() {
    byte[] zeros = new byte[50_000];
    byte[] ones = new byte[50_000];
    java.util.Arrays.fill(ones, (byte) 1);
    store().put("flip", zeros);
    inParallel(
        i -> {
          for (int round = 0; round < 10; round++) {
            if (i % 2 == 0) {
              store().put("flip", round % 2 == 0 ? ones : zeros);
            } else {
              byte[] read = store().read("flip", 100_000).orElseThrow().bytes();
              assertThat(read).isIn(zeros, ones);
            }
          }
        });
  }

  @Test
  default void listingIsSortedAndByPrefix() {
    List<String> keys = List.of("p/1", "p/2/x", "p/2/y", "p/COMMIT-1", "p/COMMIT-20", "p3/z");
    keys.forEach(key -> store().put(key, bytes(key)));

    assertThat(store().list("p/")).isEqualTo(keys.subList(0, 5));
    assertThat(store().list("p/COMMIT-")).containsExactly("p/COMMIT-1", "p/COMMIT-20");
    assertThat(store().list("")).isEqualTo(keys);
  }

  @Test
  default void whatIsDeletedIsGone() {
    store().put("d", bytes("x"));
    store().delete("d");

    assertThat(store().head("d")).isEmpty();
    assertThat(store().putIfAbsent("d", bytes("again"))).isTrue();
  }

  @Test
  default void whatIsNotKeptBelowAPrefixIsRemoved() {
    List.of("p/1", "p/2/x", "p/2/y", "p/3/z", "p2/z").forEach(key -> store().put(key, bytes(key)));
    store().prune("p/", key -> key.equals("p/2/x"));
    store().prune("never/", key -> false);

    assertThat(store().list("")).containsExactly("p/2/x", "p2/z");
    store().put("p/3/z", bytes("again"));
    assertThat(store().list("p/3/")).containsExactly("p/3/z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "a/../b", "/abs", "a//b", "a/./b", "a\\b", "a%2e", "", "a/", "a\nb"})
  default void keysThatLeadElsewhereAreRefused(String key) {
    assertThatThrownBy(() -> store().put(key, bytes("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  default String content(String key) {
    return new String(store().read(key, 1 << 20).orElseThrow().bytes(), UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static void inParallel(java.util.function.IntConsumer work) {
    try (var threads = java.util.concurrent.Executors.newFixedThreadPool(WRITERS)) {
      var running =
          IntStream.range(0, WRITERS).mapToObj(i -> threads.submit(() -> work.accept(i))).toList();
      for (var one : running) {
        one.get();
      }
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
