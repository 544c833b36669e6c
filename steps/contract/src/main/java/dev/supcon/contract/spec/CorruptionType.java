package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Corruptions of ImageNet-C: the benchmark's fifteen, then its four more. */
public enum CorruptionType {
  /** Additive normal noise. */
  @JsonProperty("gaussianNoise")
  GAUSSIAN_NOISE,

  /** Photons counted. */
  @JsonProperty("shotNoise")
  SHOT_NOISE,

  /** Salt and pepper. */
  @JsonProperty("impulseNoise")
  IMPULSE_NOISE,

  /** Convolution with a disk. */
  @JsonProperty("defocusBlur")
  DEFOCUS_BLUR,

  /** Pixels moved by a few, between two blurs. */
  @JsonProperty("glassBlur")
  GLASS_BLUR,

  /** Blur along a line of random direction. */
  @JsonProperty("motionBlur")
  MOTION_BLUR,

  /** Mean of enlargements. */
  @JsonProperty("zoomBlur")
  ZOOM_BLUR,

  /** Flakes that fall. */
  @JsonProperty("snow")
  SNOW,

  /** Photographs of frost laid over; the rules refuse it, since they are not shipped. */
  @JsonProperty("frost")
  FROST,

  /** Plasma laid over. */
  @JsonProperty("fog")
  FOG,

  /** Value of HSV raised. */
  @JsonProperty("brightness")
  BRIGHTNESS,

  /** Values moved towards the mean of their channel. */
  @JsonProperty("contrast")
  CONTRAST,

  /** An affine map and small displacements. */
  @JsonProperty("elasticTransform")
  ELASTIC_TRANSFORM,

  /** Fewer pixels. */
  @JsonProperty("pixelate")
  PIXELATE,

  /** JPEG of a low quality. */
  @JsonProperty("jpegCompression")
  JPEG_COMPRESSION,

  /** Normal noise in proportion to the value. */
  @JsonProperty("speckleNoise")
  SPECKLE_NOISE,

  /** Convolution with a Gaussian. */
  @JsonProperty("gaussianBlur")
  GAUSSIAN_BLUR,

  /** Drops of water or mud. */
  @JsonProperty("spatter")
  SPATTER,

  /** Saturation of HSV changed. */
  @JsonProperty("saturate")
  SATURATE,

  /** A word that this version does not know; the rules refuse it. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN;

  /** The benchmark's, without frost. */
  static List<CorruptionType> benchmark() {
    return List.of(
        GAUSSIAN_NOISE,
        SHOT_NOISE,
        IMPULSE_NOISE,
        DEFOCUS_BLUR,
        GLASS_BLUR,
        MOTION_BLUR,
        ZOOM_BLUR,
        SNOW,
        FOG,
        BRIGHTNESS,
        CONTRAST,
        ELASTIC_TRANSFORM,
        PIXELATE,
        JPEG_COMPRESSION);
  }
}
