package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Corruptions of ImageNet-C. */
public enum CorruptionType {
  /** Additive normal noise. */
  @JsonProperty("gaussianNoise")
  GAUSSIAN_NOISE,

  /** Convolution with a disk. */
  @JsonProperty("defocusBlur")
  DEFOCUS_BLUR,

  /** Values moved towards the mean of their channel. */
  @JsonProperty("contrast")
  CONTRAST,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;

  static List<CorruptionType> all() {
    return List.of(GAUSSIAN_NOISE, DEFOCUS_BLUR, CONTRAST);
  }
}
