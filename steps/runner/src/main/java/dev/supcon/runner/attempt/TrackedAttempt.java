package dev.supcon.runner.attempt;

import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepHeader;
import dev.supcon.contract.step.StepReport;
import dev.supcon.services.store.MetricPoint;
import dev.supcon.services.track.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The tracked run of one attempt; one that nobody ended has failed in a way nobody foresaw. */
final class TrackedAttempt implements AutoCloseable {
  private final RunLog log;
  private boolean ended;

  private TrackedAttempt(RunLog log) {
    this.log = log;
  }

  /**
   * @param experiment its run, in which that of the attempt is nested
   */
  static TrackedAttempt begin(RunLog experiment, StepHeader header, String attempt) {
    return new TrackedAttempt(experiment.attempt(header.name(), header.key().hex(), attempt));
  }

  void measured(MetricPoint point) {
    log.metric(point.name(), point.step(), point.value(), point.atMillis());
  }

  void done(StepReport report, Path output, long now) {
    report.metrics().forEach((name, value) -> log.metric(name, 0, value, now));
    shown(output).forEach(file -> log.artifact(String.valueOf(file.getFileName()), file));
    end(RunLog.Ending.FINISHED);
  }

  /** The pictures and tables of a result; not its weights and pixels. */
  private static List<Path> shown(Path output) {
    try (Stream<Path> files = Files.list(output)) {
      return files.filter(file -> file.toString().matches(".*\\.(png|json)")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void failed(StepFailure failure) {
    end(StepAttempt.ending(failure));
  }

  private void end(RunLog.Ending ending) {
    ended = true;
    log.end(ending);
  }

  @Override
  public void close() {
    if (!ended) {
      end(RunLog.Ending.FAILED);
    }
  }
}
