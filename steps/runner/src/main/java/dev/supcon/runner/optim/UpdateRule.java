package dev.supcon.runner.optim;

import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.runner.torchscript.Argument;
import java.util.List;

/**
 * How gradients change parameters: functions of TorchScript over lists of tensors, and what they
 * remember.
 */
sealed interface UpdateRule permits SgdRule, LarsRatioRule, RmsPropRule, AdamWRule {

  /** The rule that a spec names. */
  static UpdateRule of(OptimizerSpec spec) {
    return switch (spec.type()) {
      case SGD -> new SgdRule(spec.momentum(), spec.nesterov());
      case LARS -> new LarsRatioRule(spec.larsRule(), spec.momentum(), spec.trustCoefficient());
      case RMS_PROP -> RmsPropRule.of(spec);
      case ADAM_W -> AdamWRule.of(spec);
      case UNKNOWN -> throw new IllegalArgumentException("the rules refuse an unknown optimizer");
    };
  }

  /**
   * The functions' text. A step's function takes parameters, gradients (which it sets to 0), the
   * slots, each a list, and the {@link #numbers}.
   */
  String script();

  /** The name of the step's function. */
  default String function() {
    return "step";
  }

  /** What is kept for each parameter, in the function's order. */
  List<Slot> slots();

  /** The numbers of a step, in the function's order. */
  List<Argument> numbers(Step step);

  /** Whether the rule needs to know how many steps came before. */
  default boolean counts() {
    return false;
  }

  /**
   * A tensor beside each parameter, of its shape.
   *
   * @param name in checkpoints, before the parameter's
   * @param start of all its values
   */
  record Slot(String name, double start) {}

  /**
   * One step of a group of parameters.
   *
   * @param decay weight decay
   * @param adapted whether LARS adapts the learning rate to norms
   * @param rate learning rate
   * @param number from 1; 0 when the rule does not count
   */
  record Step(double decay, boolean adapted, double rate, long number) {}
}
