package dev.supcon.runner.loss;

import dev.supcon.contract.spec.ClassWeights;
import java.util.List;

/**
 * How much an anchor of a class counts.
 *
 * @param ofClass by label; empty where every anchor counts 1
 */
public record AnchorWeights(List<Double> ofClass) {
  /** Every anchor alike. */
  public static final AnchorWeights EQUAL = new AnchorWeights(List.of());

  /**
   * The weights that a spec names, see {@link ClassWeights#BALANCED}.
   *
   * @param classSizes images of each class in the training set; a class without any weighs 0
   */
  static AnchorWeights of(ClassWeights weights, List<Integer> classSizes) {
    return switch (weights) {
      case NONE -> EQUAL;
      case BALANCED -> balanced(classSizes);
      case UNKNOWN -> throw new IllegalArgumentException("the rules refuse unknown class weights");
    };
  }

  private static AnchorWeights balanced(List<Integer> classSizes) {
    double images = classSizes.stream().mapToInt(size -> size).sum();
    long seen = classSizes.stream().filter(size -> size > 0).count();
    return new AnchorWeights(
        classSizes.stream().map(size -> size == 0 ? 0 : images / (seen * (double) size)).toList());
  }

  double of(int label) {
    return ofClass.isEmpty() ? 1 : ofClass.get(label);
  }
}
