package dev.supcon.runner.network;

import dev.supcon.contract.spec.ClassifierGradient;
import dev.supcon.contract.spec.ProjectionSpec;

/** What follows the encoder. */
public sealed interface Head {

  /** MLP and normalisation to length 1: the contrastive loss's side of the network. */
  record Projection(ProjectionSpec spec) implements Head {}

  /** One linear layer to as many logits as there are classes. */
  record Classifier(int classes) implements Head {}

  /**
   * One linear layer without a bias. In training its output is [M, 2C], logits w_c.x and products
   * of lengths |w_c| |x|; else [M, C], the logits.
   */
  record MarginClassifier(int classes) implements Head {}

  /**
   * Both on the same features: output [M, D + C], embeddings and then logits.
   *
   * @param gradient whether the classifier's goes on into the encoder
   */
  record Joint(Projection projection, Classifier classifier, ClassifierGradient gradient)
      implements Head {}

  /** Nothing: the features are the output. */
  record None() implements Head {}
}
