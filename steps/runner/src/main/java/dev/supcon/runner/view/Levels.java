package dev.supcon.runner.view;

import dev.supcon.contract.spec.ViewPolicy;
import dev.supcon.contract.spec.ViewSemantics;
import dev.supcon.contract.spec.ViewSpec;

/** From a level to the amount of an operation. */
sealed interface Levels permits AuthorsLevels, TorchvisionLevels {

  /** Those of a policy for views of a side in pixels. */
  static Levels of(ViewSpec spec, int side) {
    boolean table = spec.policy() == ViewPolicy.AUTO_AUGMENT;
    if (spec.semanticsOrDefault() == ViewSemantics.AUTHORS_TF) {
      return table ? AuthorsLevels.AUTO_AUGMENT : AuthorsLevels.RAND_AUGMENT;
    }
    return new TorchvisionLevels(
        table ? TorchvisionLevels.AUTO_AUGMENT_BINS : TorchvisionLevels.RAND_AUGMENT_BINS, side);
  }

  /** The highest level. */
  double highest();

  /**
   * @param negative whether a sign is turned, where the operation has one
   */
  double amount(Operation operation, double level, boolean negative);
}
