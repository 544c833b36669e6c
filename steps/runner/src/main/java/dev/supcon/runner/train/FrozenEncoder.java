package dev.supcon.runner.train;

import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.TrainingSetSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.workspace.Workspace;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What an evaluation begins with: a trained encoder, and the data set to try it on. */
public final class FrozenEncoder implements AutoCloseable {
  private final PackedData data;
  private final NDManager manager;
  private final Network network;
  private final int trainedSide;

  private FrozenEncoder(PackedData data, NDManager manager, Network network, int trainedSide) {
    this.data = data;
    this.manager = manager;
    this.network = network;
    this.trainedSide = trainedSide;
  }

  /**
   * Opens the inputs {@code data} and {@code encoder}.
   *
   * @throws StepFailure NO_INPUT when a file is missing, DATA when one is damaged or holds another
   *     encoder
   */
  public static FrozenEncoder open(Workspace workspace, EncoderSpec spec) {
    return open(workspace.input("data"), workspace.input("encoder"), spec);
  }

  /**
   * Opens a folder of packed data and one with an {@link EncoderFile}.
   *
   * @throws StepFailure as {@link #open(Workspace, EncoderSpec)}
   */
  public static FrozenEncoder open(Path packed, Path encoder, EncoderSpec spec) {
    Path file = encoder.resolve(EncoderFile.NAME);
    PackedData data = PackedData.open(packed);
    NDManager manager = TorchEngine.newManager();
    try {
      Network network = EncoderFile.read(file, spec, manager);
      return new FrozenEncoder(data, manager, network, EncoderFile.side(file));
    } catch (StepFailure e) {
      manager.close();
      data.close();
      throw e;
    }
  }

  /**
   * Makes sure that the data set's images are as large as those the encoder was trained on.
   *
   * @throws StepFailure DATA when they are not
   */
  public FrozenEncoder requireTrainedSide() {
    int side = data.index().side();
    if (side != trainedSide) {
      close();
      throw new StepFailure(
          ExitCode.DATA,
          "The encoder was trained on images of %d pixels, those of the data set have %d."
              .formatted(trainedSide, side));
    }
    return this;
  }

  /**
   * This encoder, and what is learnt from as the training part of its data.
   *
   * @param spec absent: the training part as it is
   */
  public FrozenEncoder learningFrom(@Nullable TrainingSetSpec spec) {
    return new FrozenEncoder(data.learntFrom(spec), manager, network, trainedSide);
  }

  public PackedData data() {
    return data;
  }

  public Network network() {
    return network;
  }

  /** Side in pixels of the images that the encoder was trained on. */
  public int trainedSide() {
    return trainedSide;
  }

  @Override
  public void close() {
    network.close();
    manager.close();
    data.close();
  }
}
