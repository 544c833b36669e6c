package dev.supcon.runner.view;

import dev.supcon.contract.spec.ViewPolicy;
import dev.supcon.contract.spec.ViewSemantics;
import dev.supcon.contract.spec.ViewSpec;
import dev.supcon.runner.data.CounterRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Draws the operations of a view by a policy. */
final class OperationDraws {
  /** Of {@code augment.py}: sixteen operations, and a seventeenth case that does nothing. */
  private static final List<Operation> AUTHORS = List.of(Operation.values());

  /** Of torchvision's RandAugment. */
  private static final List<Operation> TORCHVISION =
      List.copyOf(EnumSet.complementOf(missingInTorchvision()));

  private static final int WHICH = 0;
  private static final int SIGN = 1;
  private static final int ROW = 2;
  private static final int COLUMN = 3;
  private static final int MAGNITUDE = 2; // a normal number: reads positions 4 and 5

  private final ViewSpec spec;
  private final Levels levels;

  OperationDraws(ViewSpec spec, int side) {
    this.spec = spec;
    this.levels = Levels.of(spec, side);
  }

  /** The operations in their order; those that did not happen are left out. */
  List<DrawnOperation> random(long key) {
    if (spec.policy() == ViewPolicy.AUTO_AUGMENT) {
      return pair(key);
    }
    return spec.policy().drawsEvenly() ? evenly(key) : List.of();
  }

  private List<DrawnOperation> pair(long key) {
    List<SubPolicy> table = SubPolicies.of(spec.tableOrDefault());
    SubPolicy pair = table.get(CounterRandom.below(key, 0, table.size()));
    List<DrawnOperation> drawn = new ArrayList<>(2);
    add(pair.first(), CounterRandom.key(key, 1), drawn);
    add(pair.second(), CounterRandom.key(key, 2), drawn);
    return drawn;
  }

  private void add(SubPolicy.Step step, long key, List<DrawnOperation> drawn) {
    if (CounterRandom.uniform(key, WHICH) < step.probability()) {
      drawn.add(operation(step.operation(), step.level(), key));
    }
  }

  private List<DrawnOperation> evenly(long key) {
    List<Operation> all =
        spec.semanticsOrDefault() == ViewSemantics.AUTHORS_TF ? AUTHORS : TORCHVISION;
    List<DrawnOperation> drawn = new ArrayList<>(spec.operations());
    for (int i = 1; i <= spec.operations(); i++) {
      long own = CounterRandom.key(key, i);
      Operation operation = all.get(CounterRandom.below(own, WHICH, all.size()));
      drawn.add(operation(operation, magnitude(own), own));
    }
    return drawn;
  }

  /** M, or normal around it and clipped (PyContrast, {@code datasets/util.py}). */
  private double magnitude(long key) {
    double mean = spec.magnitudeOrDefault();
    return spec.magnitudeStd() == 0
        ? mean
        : Math.clamp(
            mean + spec.magnitudeStd() * CounterRandom.normal(key, MAGNITUDE), 0, levels.highest());
  }

  private DrawnOperation operation(Operation operation, double level, long key) {
    boolean negative = CounterRandom.uniform(key, SIGN) < 0.5;
    return new DrawnOperation(
        operation,
        levels.amount(operation, level, negative),
        CounterRandom.uniform(key, ROW),
        CounterRandom.uniform(key, COLUMN));
  }

  private static EnumSet<Operation> missingInTorchvision() {
    return EnumSet.of(Operation.INVERT, Operation.SOLARIZE_ADD, Operation.CUTOUT);
  }
}
