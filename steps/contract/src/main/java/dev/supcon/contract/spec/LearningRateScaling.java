package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How the peak learning rate follows from the one that is written and the N images of a step. */
public enum LearningRateScaling {
  /** As written. */
  @JsonProperty("none")
  NONE,

  /** Times N / 256 (Goyal et al. 2017; the paper's TensorFlow code). */
  @JsonProperty("linear")
  LINEAR,

  /** Times the root of N (SimCLR paper, appendix B.1, which writes 0.075). */
  @JsonProperty("sqrt")
  SQRT,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;

  /**
   * The peak learning rate.
   *
   * @param images of a step, N
   */
  public double peak(double written, int images) {
    return switch (this) {
      case NONE -> written;
      case LINEAR -> written * images / 256;
      case SQRT -> written * StrictMath.sqrt(images);
      case UNKNOWN -> throw new IllegalArgumentException("the rules refuse an unknown scaling");
    };
  }
}
