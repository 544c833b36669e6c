package dev.supcon.runner.view;

/**
 * A pair of operations of AutoAugment, applied in their order, each with its own probability.
 *
 * @param first whose level is 0 where the operation has none
 */
record SubPolicy(Step first, Step second) {

  /**
   * An operation that happens or not.
   *
   * @param level 0 to 10 in the authors' table, a bin from 0 to 9 in torchvision's
   */
  record Step(Operation operation, double probability, int level) {}
}
