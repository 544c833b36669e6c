package dev.supcon.runner.loss;

/** What a batch costs. */
public sealed interface BatchLoss {

  /** What is minimised. */
  double total();

  /** The loss whose value tells of a collapse; of a joint one the contrastive term. */
  double watched();

  /** A loss of one term. */
  record Single(double total) implements BatchLoss {

    @Override
    public double watched() {
      return total;
    }
  }

  /**
   * A weighted sum.
   *
   * @param contrastive before its weight
   * @param crossEntropy before its weight
   */
  record Joint(double total, double contrastive, double crossEntropy) implements BatchLoss {

    @Override
    public double watched() {
      return contrastive;
    }
  }
}
