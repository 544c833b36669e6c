package dev.supcon.contract.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules about views: what the policy leaves without a meaning, and what does not go together. */
final class ViewRules {
  private static final String PATH = "spec.views.";

  /** The levels of the authors' code end there. */
  private static final int AUTHORS_MAGNITUDE = 10;

  private ViewRules() {}

  static List<Violation> violations(ViewSpec views) {
    List<Violation> violations = new ArrayList<>();
    crops(views, violations);
    meaningless(views, violations);
    ViewTable table = views.table();
    if (table != null && table != ViewTable.UNKNOWN && views.policy() == ViewPolicy.AUTO_AUGMENT) {
      semantics(views, table, violations);
    }
    boolean authors = views.semanticsOrDefault() == ViewSemantics.AUTHORS_TF;
    if (authors && views.magnitudeOrDefault() > AUTHORS_MAGNITUDE) {
      violations.add(
          new Violation(
              PATH + "magnitude",
              "is " + views.magnitudeOrDefault() + ", but authorsTf has levels up to 10",
              "write a number from 0 to 10, or semantics: torchvision"));
    }
    return violations;
  }

  private static void crops(ViewSpec views, List<Violation> violations) {
    String max = Violation.plain(views.cropAreaMax());
    if (views.cropAreaMin() > views.cropAreaMax()) {
      violations.add(
          new Violation(
              PATH + "cropAreaMin",
              "is "
                  + Violation.plain(views.cropAreaMin())
                  + ", more than spec.views.cropAreaMax ("
                  + max
                  + ")",
              "write a number from 0.01 to " + max));
    }
  }

  /** Nothing is accepted and ignored; a value equal to its default cannot be told from none. */
  private static void meaningless(ViewSpec views, List<Violation> violations) {
    if (views.policy() == ViewPolicy.UNKNOWN) { // refused by the ranges
      return;
    }
    Set<String> unread = unread(views.policy());
    for (SpecField field : SpecField.written(views)) {
      if (unread.contains(field.name())) {
        violations.add(
            new Violation(
                PATH + field.name(),
                "has no meaning when spec.views.policy is " + FieldShape.Word.of(views.policy()),
                "remove it"));
      }
    }
  }

  /** The fields that a policy does not read. */
  private static Set<String> unread(ViewPolicy policy) {
    Set<String> unread = new HashSet<>();
    if (!policy.jitters()) {
      unread.addAll(
          Set.of(
              "jitterStrength",
              "jitterProbability",
              "grayscaleProbability",
              "blurProbability",
              "warpProbability"));
    }
    if (!policy.drawsEvenly()) {
      unread.addAll(Set.of("operations", "magnitude", "magnitudeStd"));
    }
    if (policy != ViewPolicy.AUTO_AUGMENT) {
      unread.add("table");
    }
    return unread;
  }

  private static void semantics(ViewSpec views, ViewTable table, List<Violation> violations) {
    ViewSemantics semantics = views.semanticsOrDefault();
    if (semantics != ViewSemantics.UNKNOWN && semantics != table.semantics()) {
      String word = FieldShape.Word.of(table);
      violations.add(
          new Violation(
              PATH + "semantics",
              "is " + FieldShape.Word.of(semantics) + ", in which there is no table " + word,
              "write " + FieldShape.Word.of(table.semantics())));
    }
  }
}
