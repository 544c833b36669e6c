package dev.supcon.runner.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.supcon.contract.step.ContractJson;
import java.io.UncheckedIOException;
import java.util.Locale;

/** A bench's result with where it was measured, for people and for programs. */
record BenchReport(Machine machine, BenchResult result) {
  /** Above it the waiting side's threads took part of the machine from the other. */
  private static final double DISTURBED = 0.05;

  private static final String ROW = "%-9s %-58s %-18s %10s %10s  %s%n";

  String text() {
    StringBuilder text =
        new StringBuilder(
            String.format(ROW, "bench", "case", "unit", "ours", "peer", "ratio (worst, best)"));
    result.lines().forEach(line -> text.append(row(line)));
    result.notes().forEach(note -> text.append(note).append('\n'));
    text.append(machine.text()).append("; peer: ").append(result.peer()).append('\n');
    if (result.idleLoad() > DISTURBED) {
      text.append(
          String.format(
              Locale.ROOT,
              "Not to be trusted: a waiting side kept %.2f cores busy (is OMP_WAIT_POLICY set?).%n",
              result.idleLoad()));
    }
    return text.toString();
  }

  private static String row(BenchLine line) {
    Ratio ratio = line.ratio();
    return String.format(
        Locale.ROOT,
        ROW,
        line.bench(),
        line.kase(),
        line.unit(),
        number(line.value()),
        number(line.peerValue()),
        String.format(Locale.ROOT, "%.2f (%.2f, %.2f)", ratio.median(), ratio.low(), ratio.high()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }

  String json() {
    try {
      return ContractJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
