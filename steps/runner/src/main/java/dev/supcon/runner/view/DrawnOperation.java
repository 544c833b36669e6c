package dev.supcon.runner.view;

/**
 * One operation as chance decided it.
 *
 * @param amount in the operation's own unit, with its sign; 0 where there is none
 * @param row of a cutout's centre, as a fraction of the side
 * @param column of a cutout's centre, as a fraction of the side
 */
record DrawnOperation(Operation operation, double amount, double row, double column) {

  /** Without a place. */
  DrawnOperation(Operation operation, double amount) {
    this(operation, amount, 0, 0);
  }

  String words() {
    return operation.words(amount);
  }
}
