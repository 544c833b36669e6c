package dev.supcon.contract.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about the loss: what its type leaves without a meaning, and what does not go together. */
final class LossRules {
  private static final String PATH = "spec.pretrain.loss.";

  /** Of a contrastive step; a cap counts views. */
  private static final int VIEWS = 2;

  private static final Set<String> SUP_CON =
      Set.of(
          "temperature",
          "scale",
          "positives",
          "anchors",
          "denominator",
          "positivesCap",
          "classWeights");

  private static final Set<String> JOINT =
      Stream.concat(SUP_CON.stream(), Stream.of("labelSmoothing", "joint"))
          .collect(Collectors.toUnmodifiableSet());

  private LossRules() {}

  static List<Violation> violations(LossSpec loss) {
    List<Violation> violations = new ArrayList<>();
    meaningless(loss, violations);
    Integer cap = loss.positivesCap();
    if (cap != null && cap % VIEWS != 0) {
      violations.add(
          new Violation(
              PATH + "positivesCap",
              "is " + cap + ", but counts views, two of each image",
              "write an even number"));
    }
    JointSpec joint = loss.joint();
    if (joint != null && loss.type() == LossType.JOINT && !joint.trainsTheEncoder()) {
      violations.add(
          new Violation(
              PATH + "joint",
              "has no term that trains the encoder",
              "write a contrastiveWeight above 0, or a crossEntropyWeight above 0 with"
                  + " classifierGradient through"));
    }
    return violations;
  }

  /** Nothing is accepted and ignored; a value equal to its default cannot be told from none. */
  private static void meaningless(LossSpec loss, List<Violation> violations) {
    if (loss.type() == LossType.UNKNOWN) { // refused by the ranges
      return;
    }
    Set<String> meant = meant(loss.type());
    for (SpecField field : SpecField.written(loss)) {
      if (!field.name().equals("type") && !meant.contains(field.name())) {
        violations.add(meaningless(PATH + field.name(), loss.type()));
      }
    }
  }

  /** The fields that a type reads. */
  private static Set<String> meant(LossType type) {
    return switch (type) {
      case SUP_CON -> SUP_CON;
      case SIM_CLR -> Set.of("temperature", "scale", "anchors");
      case N_PAIRS -> Set.of("temperature", "scale");
      case TRIPLET -> Set.of("margin");
      case CROSS_ENTROPY -> Set.of("labelSmoothing", "mixing");
      case LARGE_MARGIN -> Set.of("angularMargin", "angularMarginSoftening");
      case JOINT -> JOINT;
      case UNKNOWN -> Set.of();
    };
  }

  /** What is written for another type of loss. */
  static Violation meaningless(String path, LossType type) {
    return new Violation(
        path,
        "has no meaning when spec.pretrain.loss.type is " + FieldShape.Word.of(type),
        "remove it");
  }
}
