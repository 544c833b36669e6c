package dev.supcon.runner.pod;

import dev.supcon.contract.step.ContractJson;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What a step says, a JSON object a line, for whoever collects a cluster's logs. */
public final class PodLog {
  private static final long PROGRESS_MILLIS = 10_000;

  private final PrintStream out;
  private final InstantSource clock;
  private final String step;
  private final String attempt;
  private long saidAt;

  /**
   * @param step its name in the plan
   */
  public PodLog(PrintStream out, InstantSource clock, String step, String attempt) {
    this.out = out;
    this.clock = clock;
    this.step = step;
    this.attempt = attempt;
  }

  /** How far the step is, from 0 to 1; a line every ten seconds at most. */
  public synchronized void progress(String doing, double fraction) {
    long now = clock.millis();
    if (now - saidAt >= PROGRESS_MILLIS) {
      saidAt = now;
      say("INFO", doing, Math.round(fraction * 1000) / 1000.0, null);
    }
  }

  public void info(String sentence) {
    say("INFO", sentence, null, null);
  }

  public void error(String sentence) {
    say("ERROR", sentence, null, null);
  }

  /** Where something happened that nobody foresaw. */
  public void bug(String trace) {
    say("ERROR", "This is a bug; please report it.", null, trace);
  }

  private synchronized void say(
      String level, String message, @Nullable Double progress, @Nullable String trace) {
    String time = Instant.ofEpochMilli(clock.millis()).toString();
    out.println(ContractJson.write(new Line(time, level, message, step, attempt, progress, trace)));
    out.flush();
  }

  /** In the order in which people read it. */
  record Line(
      String time,
      String level,
      String message,
      String step,
      String attempt,
      @Nullable Double progress,
      @Nullable String trace) {}
}
