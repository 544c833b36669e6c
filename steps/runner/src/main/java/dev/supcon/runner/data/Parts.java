package dev.supcon.runner.data;

/** One thing for every part of a data set. */
public record Parts<T>(T train, T holdout, T test) {
  /** The one of a part. */
  public T of(Part part) {
    return switch (part) {
      case TRAIN -> train;
      case HOLDOUT -> holdout;
      case TEST -> test;
    };
  }

  /** Every part's result, in the order train, holdout, test. */
  static <T, E extends Exception> Parts<T> each(Each<T, E> make) throws E {
    T train = make.of(Part.TRAIN);
    T holdout = make.of(Part.HOLDOUT);
    return new Parts<>(train, holdout, make.of(Part.TEST));
  }

  /** What is made of a part. */
  interface Each<T, E extends Exception> {
    T of(Part part) throws E;
  }
}
