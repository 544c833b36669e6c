package dev.supcon.runner.local;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One process of this computer at a time runs a step; a second waits and then finds the result. It
 * only saves work: what keeps results whole is the store's protocol. The system drops the lock when
 * its holder dies.
 */
final class StepLock implements AutoCloseable {
  private final FileChannel channel;

  private final boolean waited;

  private StepLock(FileChannel channel, boolean waited) {
    this.channel = channel;
    this.waited = waited;
  }

  static StepLock acquire(Path folder, StepKey key, ProgressView progress) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(key.hex()), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock now = channel.tryLock();
      if (now == null) {
        progress.say("another process runs this step; waiting for its result");
        channel.lock();
      }
      return new StepLock(channel, now == null);
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE, "Cannot write to " + folder + ": " + e.getMessage() + ".", e);
    }
  }

  /** Whether another process held it, and may have finished the step by now. */
  boolean waited() {
    return waited;
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
