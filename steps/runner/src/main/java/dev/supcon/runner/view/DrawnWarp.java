package dev.supcon.runner.view;

import dev.supcon.runner.data.CounterRandom;

/**
 * A warp as chance decided it: {@code _warp} of google-research {@code supcon/preprocessing.py}.
 *
 * @param length of the control points' moves in pixels, U(0, 23) at any size; 0 without a warp
 * @param key of the moves
 */
record DrawnWarp(double length, long key) {
  private static final double LONGEST = 23;
  private static final int FIRST_MOVE = 1; // normal numbers: read positions 2 to 17

  static final DrawnWarp NONE = new DrawnWarp(0, 0);

  /** Reads the key from position 1 on. */
  static DrawnWarp random(long key) {
    return new DrawnWarp(LONGEST * CounterRandom.uniform(key, 1), key);
  }

  /** One coordinate of a move in pixels; down, right, for one point after the other. */
  double move(int coordinate) {
    return length * CounterRandom.normal(key, FIRST_MOVE + coordinate);
  }
}
