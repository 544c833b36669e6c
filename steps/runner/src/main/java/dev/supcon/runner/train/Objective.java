package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.runner.loss.CrossEntropyLoss;
import dev.supcon.runner.loss.EmbeddingLoss;
import dev.supcon.runner.loss.LargeMarginLoss;
import dev.supcon.runner.loss.LogitLoss;
import dev.supcon.runner.loss.LossGradient;
import dev.supcon.runner.loss.Targets;
import dev.supcon.runner.loss.TripletLoss;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** What training minimises. */
public sealed interface Objective extends AutoCloseable
    permits Objective.Contrastive, Objective.Classification, JointObjective {

  /**
   * What a spec asks for.
   *
   * @param classSizes images of each class in the training set
   */
  static Objective of(LossSpec loss, List<Integer> classSizes) {
    int views = loss.type().views();
    return switch (loss.type()) {
      case SUP_CON, SIM_CLR ->
          new Contrastive(
              EmbeddingLoss.of(loss, views, classSizes),
              views,
              loss.type() == LossType.SUP_CON,
              classSizes);
      case N_PAIRS ->
          new Contrastive(
              EmbeddingLoss.of(loss.withPositivesCap(1), views, classSizes),
              views,
              true,
              classSizes);
      case TRIPLET -> new Contrastive(new TripletLoss(loss.margin()), views, true, classSizes);
      case CROSS_ENTROPY ->
          new Classification(new CrossEntropyLoss(loss.labelSmoothing()), classSizes.size());
      case LARGE_MARGIN ->
          new Classification(
              new LargeMarginLoss(loss.angularMargin(), loss.angularMarginSoftening()),
              classSizes.size());
      case JOINT ->
          new JointObjective(
              new Contrastive(EmbeddingLoss.of(loss, views, classSizes), views, true, classSizes),
              new Classification(new CrossEntropyLoss(loss.labelSmoothing()), classSizes.size()),
              Objects.requireNonNull(loss.joint(), "the spec fills it"));
      case UNKNOWN -> throw new IllegalArgumentException("the rules refuse an unknown loss");
    };
  }

  /** Views of an image that a step sees. */
  int viewsPerImage();

  /**
   * Loss and its gradient.
   *
   * @param output fp32, rows view-major: [M, D] embeddings, what a classifier puts out, or both
   * @param targets of the images; mixed ones for a classification alone
   */
  LossGradient of(NDArray output, Targets targets);

  /** The same of images that are not mixed. */
  default LossGradient of(NDArray output, int... labels) {
    return of(output, Targets.of(labels));
  }

  /** The watched loss of a network that puts out the same for every image. */
  double indifferent(int images);

  /** Whether an image of the batch has a positive; where there are none, nothing is asked for. */
  default boolean hasPositives(int[] labels) {
    return true;
  }

  /** Whether it is a mean over images of which each has its own loss. */
  boolean separable();

  @Override
  void close();

  /**
   * Contrastive learning: embeddings of length 1.
   *
   * @param supervised whether images of a class belong together; else an image's views alone do
   * @param classSizes images of each class in the training set
   */
  record Contrastive(
      EmbeddingLoss loss, int viewsPerImage, boolean supervised, List<Integer> classSizes)
      implements Objective {

    @Override
    public LossGradient of(NDArray output, Targets targets) {
      int[] images = supervised ? targets.labels() : IntStream.range(0, targets.images()).toArray();
      return loss.of(output, Targets.ofRows(images, viewsPerImage));
    }

    /** Every row is as near as every other: for L_out, log(M - 1) times the scale (paper Eq. 2). */
    @Override
    public double indifferent(int images) {
      float[] ones = new float[viewsPerImage * images];
      Arrays.fill(ones, 1);
      try (NDManager manager = TorchEngine.newManager()) {
        return of(Tensors.floats(manager, ones, ones.length, 1), typicalLabels(images)).loss();
      }
    }

    /** Another view of an image is one. */
    @Override
    public boolean hasPositives(int[] labels) {
      return viewsPerImage > 1 || Arrays.stream(labels).distinct().count() < labels.length;
    }

    /** Classes in the proportions of the training set. */
    private int[] typicalLabels(int images) {
      long all = classSizes.stream().mapToLong(size -> size).sum();
      int[] labels = new int[images];
      int label = 0;
      long upTo = classSizes.getFirst();
      for (int image = 0; image < images; image++) {
        while ((2L * image + 1) * all >= 2 * upTo * images && label < classSizes.size() - 1) {
          label++;
          upTo += classSizes.get(label);
        }
        labels[image] = label;
      }
      return labels;
    }

    @Override
    public boolean separable() {
      return false;
    }

    @Override
    public void close() {
      loss.close();
    }
  }

  /**
   * Classification: one view of each image.
   *
   * @param classes number of logits
   */
  record Classification(LogitLoss loss, int classes) implements Objective {

    @Override
    public int viewsPerImage() {
      return 1;
    }

    @Override
    public LossGradient of(NDArray output, Targets targets) {
      LossGradient own = loss.of(output, targets.labels());
      return targets.mixed()
          ? own.mixedWith(loss.of(output, targets.others()), targets.share())
          : own;
    }

    @Override
    public double indifferent(int images) {
      return Math.log(classes);
    }

    @Override
    public boolean separable() {
      return true;
    }

    @Override
    public void close() {
      loss.close();
    }
  }
}
