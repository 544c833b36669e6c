package dev.supcon.operator.mirror;

/** Something to be asked or told outside. It is run again until it succeeds or is not wanted. */
interface Errand {

  /** Whose it is. */
  String namespace();

  /** Whether it goes before those of its namespace that are not urgent. */
  default boolean urgent() {
    return false;
  }

  /** Whether anybody still waits for it. */
  boolean wanted();

  /** Asks or tells, and keeps the answer; may take long, and may be done twice. */
  void run() throws Trouble;

  /** It did not succeed this time. */
  void troubled(Trouble trouble);
}
