package dev.supcon.services.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKey;
import dev.supcon.loopback.LoopbackS3;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is removed, and that its removal leaves nothing half that counts. */
final class CheckpointsTest {
  private static final StepKey KEY = new StepKey("a".repeat(64));
  private static final String ATTEMPT = "steps/" + KEY + "/attempts/one/";

  @TempDir private Path folder;
  private final LoopbackS3 server = new LoopbackS3();

  @AfterEach
  void close() {
    server.close();
  }

  private ObjectStore open(String kind) {
    return kind.equals("s3")
        ? Stores.open("s3://bucket/prefix", server.environment())
        : Stores.open(folder.resolve("store").toString());
  }

  private static Checkpoints checkpoints(ObjectStore store) {
    return new Checkpoints(store, KEY, said -> {});
  }

  private void commit(ObjectStore store, long number) throws IOException {
    Path files = Files.createTempDirectory(folder, "files");
    Files.writeString(files.resolve("state"), "state " + number);
    Files.writeString(files.resolve("words"), "words " + number);
    assertThat(checkpoints(store).commit("one", number, files, List.of())).isTrue();
  }

  private void commitSix(ObjectStore store) throws IOException {
    for (long number = 10; number <= 60; number += 10) {
      commit(store, number);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "s3"})
  void theNewestStayAndThoseThatAreNamed(String kind) throws IOException {
    try (ObjectStore store = open(kind)) {
      commitSix(store);
      checkpoints(store).retain(2, number -> number == 20);

      assertThat(checkpoints(store).numbers()).containsExactly(60L, 50L, 20L);
      assertThat(store.list(ATTEMPT + "checkpoints/"))
          .containsExactly(
              ATTEMPT + "checkpoints/20/state",
              ATTEMPT + "checkpoints/20/words",
              ATTEMPT + "checkpoints/50/state",
              ATTEMPT + "checkpoints/50/words",
              ATTEMPT + "checkpoints/60/state",
              ATTEMPT + "checkpoints/60/words");
    }
  }

  /** Else the last ones that can be resumed from would go. */
  @ParameterizedTest
  @ValueSource(strings = {"folder", "s3"})
  void damagedOnesDoNotCount(String kind) throws IOException {
    try (ObjectStore store = open(kind)) {
      commitSix(store);
      store.delete(ATTEMPT + "checkpoints/60/state");
      store.put(ATTEMPT + "checkpoints/50/state", "sta".getBytes(UTF_8));
      checkpoints(store).retain(2, number -> false);

      assertThat(checkpoints(store).numbers()).containsExactly(60L, 50L, 40L, 30L);
      assertThat(checkpoints(store).newest(folder.resolve("into")))
          .hasValueSatisfying(found -> assertThat(found.number()).isEqualTo(40));
    }
  }

  /** Whatever the call at which it dies: every commit that is there is whole, and the newest is. */
  @ParameterizedTest
  @ValueSource(strings = {"folder", "s3"})
  void aRemovalThatDiesLeavesNoHalf(String kind) throws IOException {
    for (int death = 0; death < 4; death++) {
      try (ObjectStore store = open(kind)) {
        store.list("").forEach(store::delete);
        commitSix(store);
        ObjectStore dying = diesAtRemoval(store, death);
        assertThatThrownBy(() -> checkpoints(dying).retain(4, number -> false))
            .as("death %d", death)
            .isInstanceOf(StepFailure.class);

        List<Long> numbers = checkpoints(store).numbers();
        assertThat(numbers).startsWith(60L, 50L, 40L, 30L);
        for (long number : numbers) {
          assertThat(store.list(ATTEMPT + "checkpoints/" + number + "/")).hasSize(2);
        }
        checkpoints(store).retain(4, number -> false);
        assertThat(checkpoints(store).numbers()).containsExactly(60L, 50L, 40L, 30L);
      }
    }
  }

  /** Two old checkpoints are four calls. */
  private static ObjectStore diesAtRemoval(ObjectStore store, int death) {
    int[] removals = {0};
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (Set.of("delete", "prune").contains(method.getName()) && removals[0]++ == death) {
                throw new StepFailure(ExitCode.STORE_UNREACHABLE, "no answer");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
