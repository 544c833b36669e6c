package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class StepLockTest {
  private static final StepKey KEY = new StepKey("c".repeat(64));

  @TempDir private Path folder;
  private final StringWriter said = new StringWriter();
  private final ProgressView progress =
      new ProgressView(new PrintWriter(said), false, InstantSource.system());

  private StepLock acquire(StopSignal stop) {
    return StepLock.acquire(folder.resolve("locks"), KEY, progress, stop);
  }

  @Test
  void aFreeStepIsLockedAtOnceAndAgain() {
    acquire(new StopSignal()).close();
    acquire(new StopSignal()).close();
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void aProcessThatDiesLetsTheNextOneIn() throws Exception {
    try (Holder holder = Holder.start(folder.resolve("locks"))) {
      CompletableFuture<Void> waiting =
          CompletableFuture.runAsync(() -> acquire(new StopSignal()).close());
      while (said.toString().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertThat(waiting).isNotDone();

      holder.close();
      waiting.get(10, TimeUnit.SECONDS);
    }
    assertThat(said.toString()).hasLineCount(1).contains("another process runs this step");
  }

  @Test
  void whoWaitsCanBeStopped() throws IOException {
    try (Holder holder = Holder.start(folder.resolve("locks"))) {
      assertThat(holder.process().isAlive()).isTrue();
      StopSignal stop = new StopSignal();
      stop.request();

      StepFailure failure = catchThrowableOfType(StepFailure.class, () -> acquire(stop));
      assertThat(failure.exitCode()).isEqualTo(ExitCode.RESUME);
    }
  }

  @Test
  void aPlaceWithoutRoomForLocksIsRefused() throws IOException {
    Files.writeString(folder.resolve("locks"), "a file");

    StepFailure failure = catchThrowableOfType(StepFailure.class, () -> acquire(new StopSignal()));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_SPACE);
    assertThat(failure).hasMessageContaining(folder.resolve("locks").toString());
  }

  /** Another process that holds the lock until it is killed. */
  record Holder(Process process) implements AutoCloseable {

    public static void main(String[] arguments) throws Exception {
      ProgressView quiet =
          new ProgressView(new PrintWriter(new StringWriter()), false, InstantSource.system());
      try (StepLock lock = StepLock.acquire(Path.of(arguments[0]), KEY, quiet, new StopSignal())) {
        System.out.println("locked");
        TimeUnit.MINUTES.sleep(5);
      }
    }

    static Holder start(Path locks) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Holder.class.getName(),
                  locks.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      assertThat(out.readLine()).startsWith("locked");
      return new Holder(process);
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
