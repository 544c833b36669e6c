package dev.supcon.contract.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rules about fields that do not go together. */
final class ContradictionRules {
  private static final int CIFAR_SIDE = 32;
  private static final int IMAGENET_SIDE = 224;
  private static final List<String> KINDS =
      List.of("augment", "pretrain", "linear", "corruption", "transfer");
  private static final int SMALLEST_IMAGENET_STEM = 64;

  private final ExperimentSpec spec;
  private final List<Violation> violations = new ArrayList<>();

  private ContradictionRules(ExperimentSpec spec) {
    this.spec = spec;
  }

  static List<Violation> violations(ExperimentSpec spec) {
    ContradictionRules rules = new ContradictionRules(spec);
    rules.violations.addAll(DataRules.violations("spec.data", spec.data()));
    rules.violations.addAll(ViewRules.violations(spec.views()));
    rules.stem();
    rules.initialWeights();
    rules.violations.addAll(LossRules.violations(spec.pretrain().loss()));
    rules.violations.addAll(BatchRules.violations(spec.pretrain()));
    rules.bestCheckpoint();
    rules.projection();
    rules.linear();
    rules.corruption();
    rules.transfers();
    rules.execution();
    rules.violations.addAll(OptimizationRules.violations(spec));
    return rules.violations;
  }

  private void stem() {
    int side = spec.data().imageSize();
    if (spec.encoder().stem() == Stem.IMAGENET && side < SMALLEST_IMAGENET_STEM) {
      refuse(
          "spec.encoder.stem",
          "is imagenet, which divides the side by 32, but spec.data.imageSize is " + side,
          "write cifar, or an imageSize of at least 64");
    }
  }

  private void initialWeights() {
    InitialWeightsSpec weights = spec.encoder().initialWeights();
    if (weights == null) {
      return;
    }
    String path = "spec.encoder.initialWeights";
    if ((weights.path() == null) == (weights.s3() == null)) {
      refuse(
          path,
          weights.path() == null ? "says no place" : "says two places",
          "write path, or s3 and sha256");
    }
    if (weights.s3() != null && weights.sha256() == null) {
      refuse(path + ".s3", "is without " + path + ".sha256", "write the file's SHA-256 beside it");
    }
    if ((weights.mean() == null) != (weights.std() == null)) {
      refuse(
          path + (weights.mean() == null ? ".std" : ".mean"),
          "has a meaning beside the other of mean and std only",
          "write both or neither");
    }
  }

  /** The best is known by the nearest neighbours of the holdout. */
  private void bestCheckpoint() {
    if (spec.pretrain().checkpoints().keepBest() && spec.pretrain().knn().everyEpochs() == 0) {
      refuse(
          "spec.pretrain.checkpoints.keepBest",
          "is true, but spec.pretrain.knn.everyEpochs is 0",
          "write false, or an everyEpochs of 1 or more");
    }
  }

  private void projection() {
    LossType loss = spec.pretrain().loss().type();
    if (!loss.projects() && !spec.projection().equals(Defaults.of(ProjectionSpec.class))) {
      violations.add(LossRules.meaningless("spec.projection", loss));
    }
  }

  private void linear() {
    if (spec.linear() != null) {
      noDuplicates("spec.linear.learningRates", spec.linear().learningRates());
      if (spec.linear().schedule() != null) {
        noDuplicates("spec.linear.schedule.decayEpochs", spec.linear().schedule().decayEpochs());
      }
    }
    noDuplicates("spec.pretrain.schedule.decayEpochs", spec.pretrain().schedule().decayEpochs());
  }

  /** Hendrycks and Dietterich give parameters for two sizes of image only. */
  private void corruption() {
    if (spec.corruption() == null) {
      return;
    }
    int side = spec.data().imageSize();
    if (side != CIFAR_SIDE && side != IMAGENET_SIDE) {
      refuse(
          "spec.corruption",
          "is defined for images of 32 and of 224 pixels, but spec.data.imageSize is " + side,
          "remove it, or write an imageSize of 32 or 224");
    }
    int frost = spec.corruption().types().indexOf(CorruptionType.FROST);
    if (frost >= 0) {
      refuse(
          "spec.corruption.types[" + frost + "]",
          "is frost, whose photographs are not shipped",
          "remove it");
    }
    noDuplicates("spec.corruption.types", spec.corruption().types());
    noDuplicates("spec.corruption.severities", spec.corruption().severities());
  }

  private void transfers() {
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < spec.transfer().size(); i++) {
      TransferSpec transfer = spec.transfer().get(i);
      if (transfer == null) { // refused by the ranges
        continue;
      }
      String path = "spec.transfer[" + i + "]";
      violations.addAll(DataRules.ofTransfer(path + ".data", transfer.data()));
      noDuplicates(path + ".l2", transfer.l2());
      namesOneDataSet(path, transfer.data(), seen);
    }
  }

  private void namesOneDataSet(String path, DataSpec data, Map<String, String> seen) {
    namedOnce(path + ".data.name", data.name(), seen);
    if (data.name().equals(spec.data().name()) && !data.equals(spec.data())) {
      refuse(
          path + ".data.name",
          "is spec.data.name (\"" + data.name() + "\"), but with other settings",
          "write the same settings, or another name");
    }
  }

  /** What names no step would be accepted and ignored. */
  private void execution() {
    Set<String> known = new TreeSet<>(KINDS);
    for (TransferSpec transfer : spec.transfer()) {
      if (transfer != null) {
        known.add("augment-" + transfer.data().name());
        known.add("transfer-" + transfer.data().name());
      }
    }
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < spec.execution().steps().size(); i++) {
      StepExecutionSpec step = spec.execution().steps().get(i);
      if (step == null) { // refused by the ranges
        continue;
      }
      String path = "spec.execution.steps[" + i + "].name";
      if (!known.contains(step.name())) {
        refuse(
            path,
            "is \"" + step.name() + "\", no step",
            "write one of " + String.join(", ", known));
      }
      namedOnce(path, step.name(), seen);
    }
  }

  private void namedOnce(String path, String name, Map<String, String> seen) {
    String earlier = seen.putIfAbsent(name, path);
    if (earlier != null) {
      refuse(path, "is \"" + name + "\", as in " + earlier, "remove one of the two");
    }
  }

  private void noDuplicates(String path, List<?> list) {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) != null && !seen.add(list.get(i))) {
        refuse(path + "[" + i + "]", "repeats an earlier entry", "remove it");
      }
    }
  }

  private void refuse(String path, String wrong, String instead) {
    violations.add(new Violation(path, wrong, instead));
  }
}
