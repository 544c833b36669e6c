package dev.supcon.runner.data;

import java.util.Locale;

/** The three parts of a data set. */
public enum Part {
  /** What pretraining and the linear stage learn from. */
  TRAIN,
  /** Taken from the training set before anything is learnt; every choice is made on it. */
  HOLDOUT,
  /** Looked at once, at the end. */
  TEST;

  /** The word in file names and in the index. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
