package dev.supcon.contract.step;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Kinds of step. The code version is raised whenever a change alters what a step of the kind puts
 * out; it is part of the step's key.
 */
public enum StepKind {
  /** Verifies and packs a data set. */
  @JsonProperty("augment")
  AUGMENT(1),
  /** Trains the encoder. */
  @JsonProperty("pretrain")
  PRETRAIN(2),
  /** Trains a linear classifier on the frozen encoder. */
  @JsonProperty("linear")
  LINEAR(2),
  /** Evaluates on corrupted test images. */
  @JsonProperty("corruption")
  CORRUPTION(1),
  /** Evaluates the frozen encoder on another data set. */
  @JsonProperty("transfer")
  TRANSFER(4);

  private final int codeVersion;

  StepKind(int codeVersion) {
    this.codeVersion = codeVersion;
  }

  public int codeVersion() {
    return codeVersion;
  }

  /** The word in JSON, in names of Jobs and on the command line. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
