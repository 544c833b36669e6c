package dev.supcon.operator.status;

import dev.supcon.operator.api.Metric;
import dev.supcon.operator.decide.Move;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The numbers of the finished steps, the ones that people ask for first. */
final class Headline {
  private static final List<Pattern> ORDER =
      Stream.of(
              "classifier\\.test\\.top1",
              "classifier\\.test\\.top5",
              "classifier\\.test\\.(ece|nll)",
              "classifier\\.val\\.",
              "knn\\.",
              "corruption\\.mce",
              "corruption\\.relativeMce",
              "corruption\\.meanError",
              "transfer\\..*\\.top1",
              "classifier\\.",
              "transfer\\.",
              "")
          .map(Pattern::compile)
          .toList();

  private Headline() {}

  static List<Metric> of(Collection<Move> moves) {
    return moves.stream()
        .filter(Move.Done.class::isInstance)
        .flatMap(move -> ((Move.Done) move).hit().metrics().entrySet().stream())
        .filter(entry -> Double.isFinite(entry.getValue()))
        .map(entry -> new Metric(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingInt(Headline::rank).thenComparing(Metric::name))
        .distinct()
        .toList();
  }

  private static int rank(Metric metric) {
    int rank = 0;
    while (!ORDER.get(rank).matcher(metric.name()).lookingAt()) {
      rank++;
    }
    return rank;
  }
}
