package dev.supcon.runner.imagenetc;

/** One corruption at one severity, for images of one size; threads may share it. */
interface Corruption {
  /**
   * @param image [side, side, 3] uint8, left as it is
   * @return another image of the same size
   */
  byte[] apply(byte[] image, Draws draws);
}
