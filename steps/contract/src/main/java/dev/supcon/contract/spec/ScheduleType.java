package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The course of the learning rate behind the warm-up. */
public enum ScheduleType {
  /** Half a cosine, step by step, from the end of the warm-up (the authors' TensorFlow code). */
  @JsonProperty("cosine")
  COSINE,

  /**
   * Half a cosine, epoch by epoch, from the start of training; the warm-up leads to its value (the
   * authors' PyTorch code).
   */
  @JsonProperty("cosineByEpoch")
  COSINE_BY_EPOCH,

  /** Times a factor after each of some epochs (the authors' PyTorch code without cosine). */
  @JsonProperty("steps")
  STEPS,

  /** Times a rate for so many epochs (the authors' TensorFlow code). */
  @JsonProperty("exponential")
  EXPONENTIAL,

  /** The peak. */
  @JsonProperty("constant")
  CONSTANT,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;
}
