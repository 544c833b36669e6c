package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.runner.loss.CrossEntropyLoss;
import dev.supcon.runner.loss.LossGradient;
import dev.supcon.runner.loss.SupConLoss;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;

/** What training minimises. */
public sealed interface Objective extends AutoCloseable {

  /**
   * What a spec asks for.
   *
   * @param classes of the data set
   */
  static Objective of(LossSpec loss, int classes) {
    return switch (loss.type()) {
      case SUP_CON -> new Contrastive(new SupConLoss(loss));
      case CROSS_ENTROPY -> new Classification(new CrossEntropyLoss(), classes);
      case UNKNOWN -> throw new IllegalArgumentException("the rules refuse an unknown loss");
    };
  }

  /** Views of an image that a step sees. */
  int viewsPerImage();

  /**
   * Loss and its gradient.
   *
   * @param output fp32, rows view-major: [M, D] embeddings or [M, C] logits
   * @param labels [B], of the images
   */
  LossGradient of(NDArray output, int[] labels);

  /** The loss of a network that puts out the same for every image. */
  double indifferent(int images);

  @Override
  void close();

  /** Supervised contrastive learning: two views of each image, embeddings of length 1. */
  record Contrastive(SupConLoss loss) implements Objective {

    @Override
    public int viewsPerImage() {
      return 2;
    }

    @Override
    public LossGradient of(NDArray output, int[] labels) {
      int[] rows = Arrays.copyOf(labels, 2 * labels.length);
      System.arraycopy(labels, 0, rows, labels.length, labels.length);
      return loss.of(output, rows);
    }

    /** log(M - 1) times the scale: every row is as near as every other (paper Eq. 2). */
    @Override
    public double indifferent(int images) {
      float[] ones = new float[2 * images];
      Arrays.fill(ones, 1);
      try (NDManager manager = TorchEngine.newManager()) {
        return of(Tensors.floats(manager, ones, ones.length, 1), new int[images]).loss();
      }
    }

    @Override
    public void close() {
      loss.close();
    }
  }

  /**
   * Classification by cross-entropy: one view of each image.
   *
   * @param classes number of logits
   */
  record Classification(CrossEntropyLoss loss, int classes) implements Objective {

    @Override
    public int viewsPerImage() {
      return 1;
    }

    @Override
    public LossGradient of(NDArray output, int[] labels) {
      return loss.of(output, labels);
    }

    @Override
    public double indifferent(int images) {
      return Math.log(classes);
    }

    @Override
    public void close() {
      loss.close();
    }
  }
}
