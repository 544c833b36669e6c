package dev.supcon.runner.bench;

import dev.supcon.contract.spec.LossSpec;
import java.util.ArrayList;
import java.util.List;

/** What the forms of the supervised contrastive loss cost beside the default one. All are ours. */
final class FormsBench {
  private static final int WARM_UP = 1;
  private static final List<String> FORMS =
      List.of(
          "{'anchors': 'one'}",
          "{'positives': 'inside'}",
          "{'denominator': 'onlyNegatives'}",
          "{'positives': 'inside', 'denominator': 'onlyNegatives'}",
          "{'denominator': 'onePositive'}",
          "{'positives': 'inside', 'denominator': 'onePositive'}",
          "{'positivesCap': 4}");

  private FormsBench() {}

  /** Measures; a ratio of 0.5 is twice the time. */
  static BenchResult run(int rows, Rounds rounds) {
    List<BenchLine> lines = new ArrayList<>();
    double idleLoad = 0;
    try (LossBench plain = new LossBench(rows, spec("{}"))) {
      for (String form : FORMS) {
        try (LossBench bench = new LossBench(rows, spec(form))) {
          SharingSide ours = new SharingSide(bench::step);
          SharingSide peer = new SharingSide(plain::step);
          ours.steps(WARM_UP);
          peer.steps(WARM_UP);
          Duel duel = rounds.run(ours, peer);
          lines.addAll(duel.lines("loss", rows + ", " + form.replace("'", ""), "losses", 1));
          idleLoad = Math.max(idleLoad, duel.idleLoad());
        }
      }
    }
    return new BenchResult("the default form", idleLoad, lines);
  }

  private static LossSpec spec(String text) {
    return SpecText.read(text, LossSpec.class);
  }
}
