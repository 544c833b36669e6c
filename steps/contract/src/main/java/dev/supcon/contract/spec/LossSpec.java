package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The loss: contrastive (supervised, paper Eq. 2, in its forms), of triplets, cross-entropy, or two
 * of them.
 */
@ValidationRule(
    value =
        "self.type in ['supCon', 'simClr', 'nPairs', 'joint']"
            + " || (self.temperature == 0.1 && self.scale == 'tauOverBase')",
    message = "temperature and scale have no meaning with this pretrain.loss.type; remove them")
@ValidationRule(
    value =
        "self.type in ['supCon', 'joint'] || (self.positives == 'outside' && self.denominator == 'all'"
            + " && !has(self.positivesCap) && self.classWeights == 'none')",
    message =
        "positives, denominator, positivesCap and classWeights have no meaning with this"
            + " pretrain.loss.type; remove them")
@ValidationRule(
    value = "self.type in ['supCon', 'simClr', 'joint'] || self.anchors == 'all'",
    message = "anchors has no meaning with this pretrain.loss.type; remove it")
@ValidationRule(
    value = "self.type == 'triplet' || self.margin == 0.2",
    message = "margin has no meaning with this pretrain.loss.type; remove it")
@ValidationRule(
    value = "self.type in ['crossEntropy', 'joint'] || self.labelSmoothing == 0.0",
    message = "labelSmoothing has no meaning with this pretrain.loss.type; remove it")
@ValidationRule(
    value =
        "self.type == 'largeMargin'"
            + " || (self.angularMargin == 4 && self.angularMarginSoftening == 5.0)",
    message =
        "angularMargin and angularMarginSoftening have no meaning with this pretrain.loss.type;"
            + " remove them")
@ValidationRule(
    value = "self.type == 'joint' || !has(self.joint)",
    message = "joint has no meaning with this pretrain.loss.type; remove it")
@ValidationRule(
    value = "self.type == 'crossEntropy' || !has(self.mixing)",
    message = "mixing has no meaning with this pretrain.loss.type; remove it")
@ValidationRule(
    value = "!has(self.positivesCap) || self.positivesCap % 2 == 0",
    message = "pretrain.loss.positivesCap counts views, two of each image; write an even number",
    fieldPath = ".positivesCap")
public record LossSpec(
    @JsonPropertyDescription(
            "supCon, simClr, nPairs, triplet, crossEntropy, largeMargin, or joint: supCon and crossEntropy at once.")
        @Default("supCon")
        LossType type,
    @JsonPropertyDescription("Temperature of the contrastive softmax.")
        @Min(0.001)
        @Max(10)
        @Default("0.1")
        Double temperature,
    @JsonPropertyDescription(
            "Factor on the loss: none, tau, or tauOverBase (temperature / 0.07, the authors' PyTorch code).")
        @Default("tauOverBase")
        LossScale scale,
    @JsonPropertyDescription(
            "Mean over an anchor's positives outside of the logarithm (L_out) or inside (L_in).")
        @Default("outside")
        LossPositives positives,
    @JsonPropertyDescription("Views that are anchors: all, or one (the first) of each image.")
        @Default("all")
        LossAnchors anchors,
    @JsonPropertyDescription(
            "What a positive is compared with: all other views, the negatives and itself (onePositive), or onlyNegatives.")
        @Default("all")
        LossDenominator denominator,
    @JsonPropertyDescription(
            "Most positives of an anchor besides its own image's views, an even number; the others of its class are left out. Absent: all.")
        @Nullable
        @Min(0)
        @Max(131072)
        Integer positivesCap,
    @JsonPropertyDescription(
            "Weight of an anchor: none, or balanced by the inverse frequency of its class in the training set.")
        @Default("none")
        ClassWeights classWeights,
    @JsonPropertyDescription(
            "Of triplet: by how much a negative's squared distance has to exceed a positive's.")
        @Min(0)
        @Max(4)
        @Default("0.2")
        Double margin,
    @JsonPropertyDescription(
            "Of crossEntropy and joint: part of the target that is spread evenly over all classes.")
        @Min(0)
        @Max(0.99)
        @Default("0.0")
        Double labelSmoothing,
    @JsonPropertyDescription("Of largeMargin: m; the angle to the own class counts m times.")
        @Min(1)
        @Max(4)
        @Default("4")
        Integer angularMargin,
    @JsonPropertyDescription(
            "Of largeMargin: lambda, the weight of the plain logit beside the one with the margin.")
        @Min(0)
        @Max(1000)
        @Default("5.0")
        Double angularMarginSoftening,
    @JsonPropertyDescription("Of joint: the weights of its two terms, and what the second trains.")
        @Nullable JointSpec joint,
    @JsonPropertyDescription(
            "Of crossEntropy: whether the images of a batch are mixed in pairs, Mixup or CutMix. Absent: no.")
        @Nullable MixingSpec mixing) {

  /** Missing values become the defaults; nothing is refused here. */
  public LossSpec {
    type = Defaults.or(type, LossType.SUP_CON);
    temperature = Defaults.or(temperature, 0.1);
    scale = Defaults.or(scale, LossScale.TAU_OVER_BASE);
    positives = Defaults.or(positives, LossPositives.OUTSIDE);
    anchors = Defaults.or(anchors, LossAnchors.ALL);
    denominator = Defaults.or(denominator, LossDenominator.ALL);
    classWeights = Defaults.or(classWeights, ClassWeights.NONE);
    margin = Defaults.or(margin, 0.2);
    labelSmoothing = Defaults.or(labelSmoothing, 0.0);
    angularMargin = Defaults.or(angularMargin, 4);
    angularMarginSoftening = Defaults.or(angularMarginSoftening, 5.0);
    joint = type == LossType.JOINT ? Defaults.or(joint, Defaults.of(JointSpec.class)) : joint;
  }

  /** A loss with all else as by default. */
  public static LossSpec with(LossType type, double temperature, LossScale scale) {
    LossSpec rest = Defaults.of(LossSpec.class);
    return rest.with(type, temperature, scale, rest.positivesCap());
  }

  /** The same loss with a cap on positives. */
  public LossSpec withPositivesCap(int cap) {
    return with(type, temperature, scale, cap);
  }

  private LossSpec with(LossType type, double temperature, LossScale scale, @Nullable Integer cap) {
    return new LossSpec(
        type,
        temperature,
        scale,
        positives,
        anchors,
        denominator,
        cap,
        classWeights,
        margin,
        labelSmoothing,
        angularMargin,
        angularMarginSoftening,
        joint,
        mixing);
  }
}
