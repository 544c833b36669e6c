package dev.supcon.runner.bench;

/**
 * One side's turn while the other waited.
 *
 * @param milliseconds median of its steps
 * @param processorMilliseconds that it used for a step, over all of its threads
 * @param idleLoad cores that the waiting side kept busy
 */
record Turn(double milliseconds, double processorMilliseconds, double idleLoad) {}
