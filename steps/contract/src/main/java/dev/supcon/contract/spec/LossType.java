package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What pretraining minimises. */
public enum LossType {
  /** Supervised contrastive loss, paper Eq. 2. */
  @JsonProperty("supCon")
  SUP_CON,

  /**
   * Self-supervised contrastive loss (NT-Xent of SimCLR, paper Eq. 1): labels are not looked at.
   */
  @JsonProperty("simClr")
  SIM_CLR,

  /** N-pairs loss: one view, one positive that is another image of the class (paper Eq. 27). */
  @JsonProperty("nPairs")
  N_PAIRS,

  /** Triplet loss with the hardest positive and the hardest negative of the batch. */
  @JsonProperty("triplet")
  TRIPLET,

  /** Softmax cross-entropy of a linear classifier. */
  @JsonProperty("crossEntropy")
  CROSS_ENTROPY,

  /**
   * Large-margin softmax of a linear classifier (Liu et al. 2016; "max margin" in paper Table 2).
   */
  @JsonProperty("largeMargin")
  LARGE_MARGIN,

  /**
   * The supervised contrastive loss of a projection and the cross-entropy of a linear classifier,
   * both on the features of one encoder, as a weighted sum.
   */
  @JsonProperty("joint")
  JOINT,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;

  /** Whether the network ends in a classifier, which is then a result. */
  public boolean classifies() {
    return !projects() || this == JOINT;
  }

  /** Whether the network ends in a projection. */
  public boolean projects() {
    return this != CROSS_ENTROPY && this != LARGE_MARGIN;
  }

  /** Views of an image that a step sees. */
  public int views() {
    return projects() && this != N_PAIRS ? 2 : 1;
  }
}
