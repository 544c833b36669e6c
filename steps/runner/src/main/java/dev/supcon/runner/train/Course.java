package dev.supcon.runner.train;

import dev.supcon.contract.spec.BatchesSpec;
import dev.supcon.contract.spec.MixingSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.checkpoint.TrainingState.Position;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.data.EpochSamples;
import dev.supcon.runner.data.PackedSplit;
import dev.supcon.runner.view.ViewLoader;
import dev.supcon.runner.view.Views;
import java.util.Optional;

/**
 * What is seen in which order, and for how long. An incomplete last batch of an epoch is left out,
 * as in the authors' PyTorch code's steps of equal size.
 *
 * @param split the images to learn from
 * @param views how each is changed; carries the seed of views and order
 * @param batchSize images per step
 * @param batches which of them come together
 * @param mixing of the batches' images, where they are mixed
 * @param viewsPerImage 2 for the contrastive loss, 1 for cross-entropy
 * @param epochs length of the schedule
 * @param lastEpoch where to stop, at most {@code epochs}
 * @param loaderThreads that draw views; any number gives the same bits
 */
public record Course(
    PackedSplit split,
    Views views,
    int batchSize,
    BatchesSpec batches,
    Optional<MixingSpec> mixing,
    int viewsPerImage,
    int epochs,
    int lastEpoch,
    int loaderThreads) {
  /** Keeps these draws apart from every other use of the same seed. */
  private static final long MIXING = 0x6d6978696e67L; // "mixing"

  /**
   * @throws StepFailure USAGE when an epoch has no full batch
   */
  public Course {
    if (batchSize > split.size()) {
      throw new StepFailure(
          ExitCode.USAGE,
          "pretrain.batchSize is %d, but only %d images are left to train on; write at most %d"
              .formatted(batchSize, split.size(), split.size()));
    }
  }

  /** Full batches of an epoch. */
  public int batchesPerEpoch() {
    return split.size() / batchSize;
  }

  /** Steps of the whole schedule. */
  long scheduledSteps() {
    return (long) epochs * batchesPerEpoch();
  }

  /** Steps until the stop. */
  long steps() {
    return (long) lastEpoch * batchesPerEpoch();
  }

  /** Rows of the network's input: [M, S, S, 3]. */
  int rows() {
    return batchSize * viewsPerImage;
  }

  /** The rest of the epoch that a position lies in. */
  ViewLoader batches(Position position) {
    return new ViewLoader(
        split,
        views,
        new ViewLoader.Plan(
            position.epoch(), position.batch(), batchSize, viewsPerImage, loaderThreads, true),
        EpochSamples.of(batches, views.seed(), position.epoch(), split.labels(), batchSize));
  }

  /** How the next batch's images are mixed; empty where they are not. */
  Optional<Mixture> mixture(Position position) {
    long key = CounterRandom.key(views.seed(), MIXING, position.step());
    return mixing.flatMap(spec -> Mixture.draw(spec, key, batchSize, split.side()));
  }

  /** The position after one more step. */
  Position after(Position position, double seconds) {
    int batch = position.batch() + 1;
    boolean full = batch == batchesPerEpoch();
    return new Position(
        position.step() + 1, position.epoch() + (full ? 1 : 0), full ? 0 : batch, seconds);
  }
}
