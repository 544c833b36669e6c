package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgressViewTest {
  private static final String ESCAPE = "\u001b";

  private final StringWriter text = new StringWriter();
  private long now = 1_000_000;

  private ProgressView view(boolean terminal) {
    return new ProgressView(new PrintWriter(text), terminal, () -> Instant.ofEpochMilli(now));
  }

  /** A step of a minute that says something a hundred times a second. */
  private void aMinute(ProgressView view) {
    view.begin("pretrain");
    for (int i = 1; i <= 6000; i++) {
      now += 10;
      view.update(i / 6000.0, "epoch " + i / 1000);
    }
    view.end("done", 60);
  }

  @Test
  void inAPipeThereIsAPlainLineEveryTenSeconds() {
    aMinute(view(false));

    assertThat(text.toString().lines())
        .hasSize(7)
        .noneMatch(line -> line.contains(ESCAPE) || line.contains("\r") || line.contains("█"))
        .startsWith(
            "pretrain            17 %  epoch 1, 50 s left",
            "pretrain            33 %  epoch 2, 40 s left")
        .endsWith("pretrain           done  1 min 0 s");
  }

  @Test
  void inAPipeAShortStepIsOneLine() {
    ProgressView view = view(false);
    view.begin("augment");
    now += 900;
    view.update(0.5, "packing images");
    view.end("done", 0.9);

    assertThat(text.toString()).isEqualTo("augment            done  0.9 s\n");
  }

  @Test
  void inATerminalOneLineIsDrawnAgainAndAgain() {
    aMinute(view(true));

    assertThat(text.toString().chars().filter(c -> c == '\n')).hasSize(1);
    assertThat(text.toString().split("\r", -1)).hasSizeBetween(400, 700);
    assertThat(text.toString()).contains("██").endsWith("done  1 min 0 s\n");
  }

  /** A bar that wraps could not be drawn over: its first half would stay. */
  @Test
  void inATerminalTheBarIsCutAtTheEdgeAndNothingElseIs() {
    ProgressView view = view(true);
    view.begin("pretrain");
    assertThat(text.toString())
        .startsWith("\r" + ESCAPE + "[?7l")
        .endsWith(ESCAPE + "[K" + ESCAPE + "[?7h");
  }

  @Test
  void aSentenceStandsOnALineOfItsOwn() {
    ProgressView view = view(true);
    view.begin("pretrain");
    text.getBuffer().setLength(0);
    view.say("checkpoint 2 is damaged");

    assertThat(text.toString()).isEqualTo("\r" + ESCAPE + "[Kcheckpoint 2 is damaged\n");
  }

  @Test
  void timeLeftIsSaidOnceItCanBeKnown() {
    ProgressView view = view(false);
    view.begin("linear");
    now += 10_000;
    view.update(0.005, "first"); // a guess from half a percent would be wild
    now += 10_000;
    view.update(0.5, "second");

    assertThat(text.toString().lines())
        .containsExactly(
            "linear               1 %  first", "linear              50 %  second, 20 s left");
  }

  @ParameterizedTest
  @CsvSource({
    "0.04,0.0 s",
    "9.94,9.9 s",
    "10,10 s",
    "59.9,59 s",
    "60,1 min 0 s",
    "3725,62 min 5 s"
  })
  void aTimeIsAsExactAsItMatters(double seconds, String text) {
    assertThat(ProgressView.readable(seconds)).isEqualTo(text);
  }
}
