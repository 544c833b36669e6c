package dev.supcon.runner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The curves of training, those that matter first. */
final class TrainingSection {
  private static final String STEP = "optimizer step";

  /** Curves of one plot, with its words; the first of them names its place. */
  private record Plot(List<String> curves, List<String> names, Plots.Words words) {}

  private static final List<Plot> KNOWN =
      List.of(
          new Plot(
              List.of("train.loss", "train.epochLoss"),
              List.of("recent mean", "mean of the epoch"),
              new Plots.Words("Training loss", STEP, "loss (nats)", false)),
          new Plot(
              List.of("train.contrastiveLoss", "train.epochContrastiveLoss"),
              List.of("recent mean", "mean of the epoch"),
              new Plots.Words("Contrastive term of the loss", STEP, "loss (nats)", false)),
          new Plot(
              List.of("train.crossEntropyLoss", "train.epochCrossEntropyLoss"),
              List.of("recent mean", "mean of the epoch"),
              new Plots.Words("Cross-entropy term of the loss", STEP, "loss (nats)", false)),
          new Plot(
              List.of("knn.holdout.top1"),
              List.of("nearest neighbours"),
              new Plots.Words("Nearest neighbours on the holdout", STEP, "top-1 (0 to 1)", true)),
          new Plot(
              List.of("embedding.rankMe"),
              List.of("RankMe"),
              new Plots.Words("Rank of the embeddings", STEP, "dimensions in use", true)),
          new Plot(
              List.of("embedding.alignment"),
              List.of("alignment"),
              new Plots.Words("Alignment of positives", STEP, "mean squared distance", true)),
          new Plot(
              List.of("embedding.uniformity"),
              List.of("uniformity"),
              new Plots.Words("Uniformity of embeddings", STEP, "log mean exp(-2 d²)", false)),
          new Plot(
              List.of("train.learningRate"),
              List.of("learning rate"),
              new Plots.Words("Learning rate", STEP, "learning rate", true)),
          new Plot(
              List.of("train.viewsPerSecond"),
              List.of("views per second"),
              new Plots.Words("Speed, mean since the start", STEP, "views per second", true)),
          new Plot(
              List.of("train.peakMegabytes"),
              List.of("peak memory"),
              new Plots.Words("Peak resident memory", STEP, "MB", true)));

  /** Its steps count candidates, not time; the classifier's section has the choice in words. */
  private static final String CANDIDATES = "linear.holdout.top1 by learning rate";

  private TrainingSection() {}

  static void render(Html html, List<Curve> curves) {
    Map<String, Curve> byName = new TreeMap<>();
    curves.forEach(curve -> byName.put(curve.name(), curve));
    byName.remove(CANDIDATES);
    List<String> figures = new ArrayList<>();
    for (Plot plot : KNOWN) {
      List<Curve> own = take(plot, byName);
      if (!own.isEmpty()) {
        figures.add(Plots.lines(plot.words(), own));
      }
    }
    byName.forEach((name, curve) -> figures.add(Plots.lines(unknown(name), List.of(curve))));
    if (!figures.isEmpty()) {
      html.heading("Training", "").raw("<div class=\"plots\">");
      figures.forEach(html::raw);
      html.raw("</div>");
    }
  }

  private static List<Curve> take(Plot plot, Map<String, Curve> byName) {
    List<Curve> own = new ArrayList<>();
    for (int i = 0; i < plot.curves().size(); i++) {
      Curve curve = byName.remove(plot.curves().get(i));
      if (curve != null) {
        own.add(curve.named(plot.names().get(i)));
      }
    }
    return own;
  }

  /** Names of curves worth a plot of their own, those that matter first. */
  static List<String> ordered(Set<String> names) {
    List<String> ordered = new ArrayList<>();
    Set<String> others = new TreeSet<>(names);
    others.remove(CANDIDATES);
    for (Plot plot : KNOWN) {
      String first = plot.curves().getFirst();
      if (names.contains(first)) {
        ordered.add(first);
      }
      plot.curves().forEach(others::remove);
    }
    ordered.addAll(others);
    return ordered;
  }

  /** The words of a curve's plot, when it is drawn by itself. */
  static Plots.Words words(String name) {
    return KNOWN.stream()
        .filter(plot -> plot.curves().getFirst().equals(name))
        .map(Plot::words)
        .findFirst()
        .orElse(unknown(name));
  }

  private static Plots.Words unknown(String name) {
    return new Plots.Words(name, "step", name.substring(name.lastIndexOf('.') + 1), false);
  }
}
