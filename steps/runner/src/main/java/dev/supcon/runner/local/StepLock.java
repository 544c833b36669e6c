package dev.supcon.runner.local;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * One process of this computer at a time runs a step; a second waits and then finds the result. It
 * only saves work: what keeps results whole is the store's protocol. The system drops the lock when
 * its holder dies.
 */
final class StepLock implements AutoCloseable {
  private static final long ASK_MILLIS = 100;

  private final FileChannel channel;

  private StepLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until no other process runs the step.
   *
   * @throws StepFailure RESUME when asked to stop meanwhile, NO_SPACE when the folder cannot be
   *     written
   */
  static StepLock acquire(Path folder, StepKey key, ProgressView progress, StopSignal stop) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(key.hex()), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean told = false;
      while (channel.tryLock() == null) {
        if (!told) {
          progress.say("another process runs this step; waiting for its result");
          told = true;
        }
        pause(stop);
      }
      return new StepLock(channel);
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE, "Cannot write to " + folder + ": " + e.getMessage() + ".", e);
    }
  }

  private static void pause(StopSignal stop) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(ASK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while another process ran the step", e);
    }
    stop.endIfRequested("while another process ran the step");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
