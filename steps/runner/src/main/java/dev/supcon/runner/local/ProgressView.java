package dev.supcon.runner.local;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** How far each step is: a bar in a terminal, a plain line every ten seconds in a pipe. */
public final class ProgressView {
  private static final int BAR = 28;
  private static final long TERMINAL_MILLIS = 100;
  private static final long PIPE_MILLIS = 10_000;
  // A line that is wider than the terminal would wrap, and "\r" only goes back to its last part.
  private static final String REDRAW = "\r\u001b[?7l";
  private static final String DRAWN = "\u001b[K\u001b[?7h";

  private final PrintWriter out;
  private final boolean terminal;
  private final InstantSource clock;

  private String step = "";
  private long began;
  private long drawn;

  public ProgressView(PrintWriter out, boolean terminal, InstantSource clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Something of this name begins. */
  public synchronized void begin(String name) {
    step = name;
    began = clock.millis();
    drawn = terminal ? 0 : began;
    update(0, "starting");
  }

  /** So much of it is done; shown a few times a second, or every ten seconds in a pipe. */
  public synchronized void update(double fraction, String doing) {
    long now = clock.millis();
    if (now - drawn < (terminal ? TERMINAL_MILLIS : PIPE_MILLIS)) {
      return;
    }
    drawn = now;
    String rest =
        String.format(Locale.ROOT, "%3.0f %%  %s%s", 100 * fraction, doing, eta(now, fraction));
    print(
        terminal
            ? REDRAW + String.format("%-18s %s %s", step, bar(fraction), rest) + DRAWN
            : String.format("%-18s %s%n", step, rest));
  }

  /** The step is over without a result. */
  void end(StepFailure failure, double seconds) {
    end(failure.exitCode() == ExitCode.RESUME ? "stopped" : "failed", seconds);
  }

  /** The step is over. */
  synchronized void end(String how, double seconds) {
    say(String.format(Locale.ROOT, "%-18s %s  %s", step, how, readable(seconds)));
  }

  /** A line of its own between two drawings of the bar. */
  public synchronized void say(String line) {
    print((terminal ? "\r\u001b[K" : "") + line + "\n");
  }

  private void print(String text) {
    out.print(text);
    out.flush();
  }

  private static String bar(double fraction) {
    int full = (int) Math.round(BAR * Math.clamp(fraction, 0, 1));
    return "█".repeat(full) + "░".repeat(BAR - full);
  }

  private String eta(long now, double fraction) {
    double elapsed = (now - began) / 1000.0;
    return fraction < 0.01 || elapsed < 2
        ? ""
        : ", " + readable(elapsed * (1 - fraction) / fraction) + " left";
  }

  static String readable(double seconds) {
    Duration time = Duration.ofMillis(Math.round(seconds * 1000));
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return time.toMinutes() == 0
        ? time.toSeconds() + " s"
        : time.toMinutes() + " min " + time.toSecondsPart() + " s";
  }
}
