package dev.supcon.contract.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules about optimizers and schedules. What a type does not use is refused, unless it is the
 * default, which cannot be told from none.
 */
final class OptimizationRules {
  private static final Map<String, Set<OptimizerType>> USED_BY =
      Map.of(
          "momentum", Set.of(OptimizerType.SGD, OptimizerType.LARS, OptimizerType.RMS_PROP),
          "nesterov", Set.of(OptimizerType.SGD),
          "trustCoefficient", Set.of(OptimizerType.LARS),
          "larsRule", Set.of(OptimizerType.LARS),
          "decay", Set.of(OptimizerType.RMS_PROP),
          "epsilon", Set.of(OptimizerType.RMS_PROP, OptimizerType.ADAM_W),
          "beta1", Set.of(OptimizerType.ADAM_W),
          "beta2", Set.of(OptimizerType.ADAM_W));

  private static final Map<String, Set<LinearOptimizerType>> USED_BY_LINEAR =
      Map.of(
          "nesterov", Set.of(LinearOptimizerType.SGD),
          "trustCoefficient", Set.of(LinearOptimizerType.LARS),
          "decay", Set.of(LinearOptimizerType.RMS_PROP),
          "epsilon", Set.of(LinearOptimizerType.RMS_PROP));

  private static final Map<String, Set<ScheduleType>> COURSED_BY =
      Map.of(
          "floor", Set.of(ScheduleType.COSINE, ScheduleType.COSINE_BY_EPOCH),
          "decayEpochs", Set.of(ScheduleType.STEPS),
          "factor", Set.of(ScheduleType.STEPS),
          "rate", Set.of(ScheduleType.EXPONENTIAL),
          "epochsPerDecay", Set.of(ScheduleType.EXPONENTIAL),
          "staircase", Set.of(ScheduleType.EXPONENTIAL));

  private final List<Violation> violations = new ArrayList<>();

  private OptimizationRules() {}

  static List<Violation> violations(ExperimentSpec spec) {
    OptimizationRules rules = new OptimizationRules();
    PretrainSpec pretrain = spec.pretrain();
    rules.optimizer("spec.pretrain.optimizer", pretrain.optimizer());
    rules.warmup("spec.pretrain", pretrain.warmupEpochs(), pretrain.epochs());
    rules.schedule("spec.pretrain", pretrain.schedule(), pretrain.epochs());
    rules.warmupFrom("spec.pretrain", pretrain.schedule(), pretrain.warmupEpochs());
    if (spec.linear() != null) {
      rules.linear(spec.linear());
    }
    return rules.violations;
  }

  private void linear(LinearSpec spec) {
    unused("spec.linear.optimizer", spec.optimizer(), USED_BY_LINEAR, spec.optimizer().type());
    if (spec.optimizer().type() == LinearOptimizerType.SGD) {
      nesterov("spec.linear.optimizer.nesterov", spec.optimizer().nesterov(), spec.momentum());
    }
    warmup("spec.linear", spec.warmupEpochs(), spec.epochs());
    if (spec.schedule() != null) {
      schedule("spec.linear", spec.schedule(), spec.epochs());
      warmupFrom("spec.linear", spec.schedule(), spec.warmupEpochs());
    }
  }

  private void optimizer(String path, OptimizerSpec spec) {
    unused(path, spec, USED_BY, spec.type());
    if (spec.type() == OptimizerType.SGD) {
      nesterov(path + ".nesterov", spec.nesterov(), spec.momentum());
    }
  }

  private void nesterov(String path, boolean nesterov, double momentum) {
    if (nesterov && momentum == 0) {
      refuse(path, "is true, but the momentum is 0", "remove it, or write a momentum");
    }
  }

  private void schedule(String stage, ScheduleSpec spec, int epochs) {
    String path = stage + ".schedule";
    unused(path, spec, COURSED_BY, spec.type());
    if (spec.type() != ScheduleType.STEPS) {
      return;
    }
    if (spec.decayEpochs().isEmpty()) {
      refuse(path + ".decayEpochs", "has no entries, but " + path + ".type is steps", "write some");
    }
    for (int i = 0; i < spec.decayEpochs().size(); i++) {
      Integer epoch = spec.decayEpochs().get(i);
      if (epoch != null && epoch >= epochs) { // null is refused by the ranges
        refuse(
            path + ".decayEpochs[" + i + "]",
            "is " + epoch + ", not before the last of " + stage + ".epochs (" + epochs + ")",
            "write a smaller one, or remove it");
      }
    }
  }

  private void warmup(String stage, double warmup, int epochs) {
    if (warmup > epochs) {
      refuse(
          stage + ".warmupEpochs",
          "is %s, more than %s.epochs (%d)".formatted(Violation.plain(warmup), stage, epochs),
          "write a number from 0 to " + epochs);
    }
  }

  private void warmupFrom(String stage, ScheduleSpec spec, double warmupEpochs) {
    if (spec.warmupFrom() != 0 && warmupEpochs == 0) {
      refuse(
          stage + ".schedule.warmupFrom",
          "has no meaning when " + stage + ".warmupEpochs is 0",
          "remove it");
    }
  }

  private <E extends Enum<E>> void unused(
      String path, Record spec, Map<String, Set<E>> usedBy, E type) {
    for (SpecField field : SpecField.written(spec)) {
      Set<E> users = usedBy.get(field.name());
      if (users != null && !users.contains(type)) {
        refuse(path + "." + field.name(), "has no meaning for this " + path + ".type", "remove it");
      }
    }
  }

  private void refuse(String path, String wrong, String instead) {
    violations.add(new Violation(path, wrong, instead));
  }
}
