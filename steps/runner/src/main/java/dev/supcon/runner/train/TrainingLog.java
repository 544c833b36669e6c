package dev.supcon.runner.train;

import dev.supcon.runner.checkpoint.TrainingState.Position;
import dev.supcon.runner.loss.BatchLoss;
import dev.supcon.runner.workspace.Workspace;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What people see of training: curves, progress, warnings. Curves are drawn by steps, so a resumed
 * run draws the same ones.
 */
final class TrainingLog {
  /** More points than a plot has pixels only cost. */
  private static final long POINTS = 2000;

  private static final long PROGRESS_MILLIS = 500;

  /** Steps that a healthy run may spend near the loss it began with. */
  private static final long COLLAPSE_PATIENCE = 300;

  private final Course course;
  private final Workspace workspace;
  private final InstantSource clock;
  private final long stride;
  private final LossCurve total = new LossCurve("Loss");
  private final LossCurve contrastive = new LossCurve("ContrastiveLoss");
  private final LossCurve crossEntropy = new LossCurve("CrossEntropyLoss");
  private final List<LossCurve> curves = List.of(total, contrastive, crossEntropy);
  private final CollapseMonitor collapse;
  private final NonFiniteBatches nonFinite;
  private final Tally withoutPositives = new Tally("batchesWithoutPositives");
  private double stepSeconds;
  private long stepsSeen;
  private long shown;

  /**
   * @param nonFinite counts them; their losses are in no mean
   */
  TrainingLog(
      Course course,
      double indifferentLoss,
      NonFiniteBatches nonFinite,
      Workspace workspace,
      InstantSource clock) {
    this.course = course;
    this.nonFinite = nonFinite;
    this.workspace = workspace;
    this.clock = clock;
    this.stride = Math.ceilDiv(course.scheduledSteps(), POINTS);
    this.collapse =
        new CollapseMonitor(indifferentLoss, Math.max(COLLAPSE_PATIENCE, course.batchesPerEpoch()));
  }

  /**
   * A step was done.
   *
   * @param after the position behind it
   */
  void step(Position after, Learner.Lesson lesson, double learningRate, double seconds) {
    if (lesson.finite()) {
      add(lesson.value());
      collapse.see(lesson.value().watched());
    }
    if (!lesson.positives()) {
      withoutPositives.add();
    }
    stepSeconds += seconds;
    stepsSeen++;
    if (after.step() % stride == 0) {
      curves.forEach(curve -> curve.point(after.step(), workspace));
      workspace.metric("train.learningRate", after.step(), learningRate);
    }
    if (after.batch() == 0) {
      curves.forEach(curve -> curve.epochIsOver(after.step(), workspace));
      workspace.metric("train.viewsPerSecond", after.step(), viewsPerSecond());
      if (ResidentSet.isCounted()) {
        workspace.metric("train.peakMegabytes", after.step(), ResidentSet.peakMegabytes());
      }
      counts().forEach((name, count) -> said(name, after.step(), count));
    }
    show(after, lesson.loss());
  }

  private void add(BatchLoss loss) {
    total.add(loss.total());
    if (loss instanceof BatchLoss.Joint joint) {
      contrastive.add(joint.contrastive());
      crossEntropy.add(joint.crossEntropy());
    }
  }

  /** A curve of what never happened says nothing. */
  private void said(String name, long step, double count) {
    if (count > 0) {
      workspace.metric(name, step, count);
    }
  }

  /** Batches that were not like the others, by the names of metrics. */
  Map<String, Double> counts() {
    Map<String, Double> counts = new TreeMap<>();
    counts.put("train.nonFiniteBatches", (double) nonFinite.all());
    counts.put("train.batchesWithoutPositives", (double) withoutPositives.count());
    return counts;
  }

  private void show(Position after, double loss) {
    long now = clock.millis();
    if (now - shown >= PROGRESS_MILLIS) {
      shown = now;
      workspace.progress(
          (double) after.step() / course.steps(),
          String.format(
              Locale.ROOT,
              "epoch %d of %d, loss %.4f, %.0f views/s%s",
              (after.step() - 1) / course.batchesPerEpoch() + 1,
              course.lastEpoch(),
              loss,
              viewsPerSecond(),
              nonFinite.all() == 0 ? "" : ", " + nonFinite.all() + " batches not finite"));
    }
  }

  /** Mean over this attempt, loading included, evaluation and checkpoints not. */
  double viewsPerSecond() {
    return stepsSeen == 0 ? 0 : course.rows() * stepsSeen / Math.max(stepSeconds, 1e-3);
  }

  Optional<String> warning() {
    return collapse.warning();
  }

  Map<String, Double> save() {
    Map<String, Double> monitor = new TreeMap<>();
    curves.forEach(curve -> curve.save(monitor));
    collapse.save(monitor);
    nonFinite.save(monitor);
    withoutPositives.save(monitor);
    return monitor;
  }

  void load(Map<String, Double> monitor) {
    curves.forEach(curve -> curve.load(monitor));
    collapse.load(monitor);
    nonFinite.load(monitor);
    withoutPositives.load(monitor);
  }
}
