package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * How a view is made: crop, flip, and a policy. The defaults are SimAugment with the values of the
 * paper's CIFAR code (paper section 3.1).
 */
@ValidationRule(
    value = "self.cropAreaMin <= self.cropAreaMax",
    message = "views.cropAreaMin is more than views.cropAreaMax")
@ValidationRule(
    value =
        "self.policy in ['simAugment', 'stackedRandAugment']"
            + " || (self.jitterStrength == 0.5 && self.jitterProbability == 0.8"
            + " && self.grayscaleProbability == 0.2 && self.blurProbability == 0.0"
            + " && self.warpProbability == 0.0)",
    message =
        "jitterStrength and the probabilities of jitter, grayscale, blur and warp have no meaning"
            + " with this views.policy; remove them")
@ValidationRule(
    value = "self.policy == 'autoAugment' || !has(self.table)",
    message = "table has no meaning with this views.policy; remove it",
    fieldPath = ".table")
@ValidationRule(
    value =
        "self.policy in ['randAugment', 'stackedRandAugment']"
            + " || (self.operations == 2 && !has(self.magnitude) && self.magnitudeStd == 0.0)",
    message =
        "operations, magnitude and magnitudeStd have no meaning with this views.policy; remove them")
@ValidationRule(
    value =
        "!has(self.table) || (self.table == 'v0')"
            + " == (!has(self.semantics) || self.semantics == 'authorsTf')",
    message =
        "views.table v0 goes with views.semantics authorsTf, imagenet and cifar10 with torchvision",
    fieldPath = ".table")
@ValidationRule(
    value =
        "!has(self.magnitude) || self.magnitude <= 10"
            + " || (has(self.semantics) && self.semantics == 'torchvision')",
    message = "views.magnitude is at most 10 with views.semantics authorsTf",
    fieldPath = ".magnitude")
public record ViewSpec(
    @JsonPropertyDescription("Smallest area of a random crop, as a fraction of the image.")
        @Min(0.01)
        @Max(1)
        @Default("0.2")
        Double cropAreaMin,
    @JsonPropertyDescription("Largest area of a random crop, as a fraction of the image.")
        @Min(0.01)
        @Max(1)
        @Default("1.0")
        Double cropAreaMax,
    @JsonPropertyDescription("Probability of a horizontal flip.") @Min(0) @Max(1) @Default("0.5")
        Double flipProbability,
    @JsonPropertyDescription(
            "s of the colour jitter: brightness, contrast and saturation 0.8 s, hue 0.2 s.")
        @Min(0)
        @Max(1)
        @Default("0.5")
        Double jitterStrength,
    @JsonPropertyDescription("Probability of the colour jitter.") @Min(0) @Max(1) @Default("0.8")
        Double jitterProbability,
    @JsonPropertyDescription("Probability of dropping the colour.") @Min(0) @Max(1) @Default("0.2")
        Double grayscaleProbability,
    @JsonPropertyDescription(
            "Probability of a Gaussian blur; the paper blurs ImageNet with 0.5 and CIFAR not at all.")
        @Min(0)
        @Max(1)
        @Default("0.0")
        Double blurProbability,
    @JsonPropertyDescription(
            "simAugment, autoAugment, randAugment or stackedRandAugment (simAugment with randAugment behind its jitter).")
        @Default("simAugment")
        ViewPolicy policy,
    @JsonPropertyDescription(
            "Whose jitter, operations and levels: torchvision, or authorsTf. Absent: torchvision with simAugment, authorsTf with the others.")
        @Nullable ViewSemantics semantics,
    @JsonPropertyDescription(
            "Of autoAugment: v0 (authorsTf), or the AutoAugment paper's imagenet or cifar10 (torchvision). Absent: v0 or imagenet.")
        @Nullable ViewTable table,
    @JsonPropertyDescription("Of randAugment and stackedRandAugment: N, operations per view.")
        @Min(1)
        @Max(16)
        @Default("2")
        Integer operations,
    @JsonPropertyDescription(
            "Of randAugment and stackedRandAugment: M, 0 to 10 with authorsTf (absent: 10), 0 to 30 with torchvision (absent: 9).")
        @Nullable
        @Min(0)
        @Max(30)
        Integer magnitude,
    @JsonPropertyDescription(
            "Of randAugment and stackedRandAugment: standard deviation around M of each operation's magnitude.")
        @Min(0)
        @Max(30)
        @Default("0.0")
        Double magnitudeStd,
    @JsonPropertyDescription(
            "Probability of the sparse warp before the blur; the paper names it, its scripts do not warp.")
        @Min(0)
        @Max(1)
        @Default("0.0")
        Double warpProbability) {

  /** Missing values become the defaults; nothing is refused here. */
  public ViewSpec {
    cropAreaMin = Defaults.or(cropAreaMin, 0.2);
    cropAreaMax = Defaults.or(cropAreaMax, 1.0);
    flipProbability = Defaults.or(flipProbability, 0.5);
    jitterStrength = Defaults.or(jitterStrength, 0.5);
    jitterProbability = Defaults.or(jitterProbability, 0.8);
    grayscaleProbability = Defaults.or(grayscaleProbability, 0.2);
    blurProbability = Defaults.or(blurProbability, 0.0);
    policy = Defaults.or(policy, ViewPolicy.SIM_AUGMENT);
    operations = Defaults.or(operations, 2);
    magnitudeStd = Defaults.or(magnitudeStd, 0.0);
    warpProbability = Defaults.or(warpProbability, 0.0);
  }

  /** SimAugment with torchvision's arithmetic, without a warp. */
  public ViewSpec(
      Double cropAreaMin,
      Double cropAreaMax,
      Double flipProbability,
      Double jitterStrength,
      Double jitterProbability,
      Double grayscaleProbability,
      Double blurProbability) {
    this(
        cropAreaMin,
        cropAreaMax,
        flipProbability,
        jitterStrength,
        jitterProbability,
        grayscaleProbability,
        blurProbability,
        ViewPolicy.SIM_AUGMENT,
        null,
        null,
        2,
        null,
        0.0,
        0.0);
  }

  /** The semantics that are written, or the policy's own. */
  public ViewSemantics semanticsOrDefault() {
    ViewSemantics own =
        policy == ViewPolicy.SIM_AUGMENT ? ViewSemantics.TORCHVISION : ViewSemantics.AUTHORS_TF;
    return Defaults.or(semantics, own);
  }

  /** The table that is written, or that of the semantics. */
  public ViewTable tableOrDefault() {
    boolean authors = semanticsOrDefault() == ViewSemantics.AUTHORS_TF;
    return Defaults.or(table, authors ? ViewTable.V0 : ViewTable.IMAGENET);
  }

  /** M: what is written, else 10 of the authors' 10 or 9 of torchvision's 30. */
  public int magnitudeOrDefault() {
    return Defaults.or(magnitude, semanticsOrDefault() == ViewSemantics.AUTHORS_TF ? 10 : 9);
  }
}
