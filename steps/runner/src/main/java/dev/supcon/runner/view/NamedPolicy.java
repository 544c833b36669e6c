package dev.supcon.runner.view;

import dev.supcon.contract.spec.ViewPolicy;
import dev.supcon.contract.spec.ViewSemantics;
import dev.supcon.contract.spec.ViewSpec;
import org.jspecify.annotations.Nullable;

/**
 * Words of {@code --policy}; they are what is typed, so they are written as such. Values are the
 * paper's (google-research supcon; for CIFAR HobbitLong/SupContrast main_supcon.py).
 */
public enum NamedPolicy {
  sim(ViewPolicy.SIM_AUGMENT, 0.08, 1.0, 0.5),
  simCifar(ViewPolicy.SIM_AUGMENT, 0.2, 0.5, 0.0),
  autoAugment(ViewPolicy.AUTO_AUGMENT, 0.08, 0.5, 0.0),
  randAugment(ViewPolicy.RAND_AUGMENT, 0.08, 0.5, 0.0),
  stackedRandAugment(ViewPolicy.STACKED_RAND_AUGMENT, 0.08, 1.0, 0.5);

  /** Words of {@code --semantics}. */
  public enum Semantics {
    torchvision(ViewSemantics.TORCHVISION),
    authorsTf(ViewSemantics.AUTHORS_TF);

    private final ViewSemantics semantics;

    Semantics(ViewSemantics semantics) {
      this.semantics = semantics;
    }
  }

  private final ViewPolicy policy;
  private final double smallestCrop;
  private final double jitterStrength;
  private final double blurProbability;

  NamedPolicy(
      ViewPolicy policy, double smallestCrop, double jitterStrength, double blurProbability) {
    this.policy = policy;
    this.smallestCrop = smallestCrop;
    this.jitterStrength = jitterStrength;
    this.blurProbability = blurProbability;
  }

  /**
   * @param word the policy's own semantics where null
   */
  public ViewSpec spec(@Nullable Semantics word) {
    return new ViewSpec(
        smallestCrop,
        1.0,
        0.5,
        jitterStrength,
        0.8,
        0.2,
        blurProbability,
        policy,
        word == null ? null : word.semantics,
        null,
        2,
        null,
        0.0,
        0.0);
  }
}
