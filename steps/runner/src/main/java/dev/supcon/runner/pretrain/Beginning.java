package dev.supcon.runner.pretrain;

import dev.supcon.contract.spec.InitialWeightsSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.PackedIndex;
import dev.supcon.runner.data.SourcePlace;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.weights.EncoderWeights;
import dev.supcon.runner.weights.PixelMoments;
import dev.supcon.runner.workspace.Workspace;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the encoder begins with.
 *
 * @param weights read from a file; empty for random ones
 */
record Beginning(@Nullable InitialWeightsSpec spec, Optional<EncoderWeights> weights) {

  /**
   * Fetches and reads what the request says.
   *
   * @param place where the initial weights lie; empty for random ones
   * @throws StepFailure NO_INPUT when there is no file, DATA when it is another or holds another
   *     encoder, RESUME when stopped
   */
  static Beginning of(
      StepRequest.Pretrain request, Optional<SourcePlace> place, Workspace workspace) {
    InitialWeightsSpec spec = request.encoder().initialWeights();
    if (spec == null) {
      return new Beginning(null, Optional.empty());
    }
    workspace.progress(0, "reading the initial weights");
    String sha256 = Objects.requireNonNull(spec.sha256(), "a plan knows its initial weights");
    Path file = known(place).file(sha256, workspace.scratch());
    workspace.endIfStopRequested("the initial weights were fetched");
    return new Beginning(spec, Optional.of(EncoderWeights.read(file, request.encoder())));
  }

  private static SourcePlace known(Optional<SourcePlace> place) {
    return place.orElseThrow(
        () ->
            new StepFailure(
                ExitCode.NO_INPUT,
                "Nothing says where the initial weights lie; write encoder.initialWeights.s3."));
  }

  /** The spec's, else those that the weights were trained with, else the data's own. */
  PixelMoments pixels(PackedIndex data) {
    if (spec != null && spec.mean() != null && spec.std() != null) {
      return new PixelMoments(spec.mean(), spec.std());
    }
    return weights
        .flatMap(EncoderWeights::pixels)
        .orElseGet(() -> new PixelMoments(data.mean(), data.std()));
  }

  /** Puts the weights into a network, whose head stays as it is. */
  void into(Network network) {
    weights.ifPresent(
        given -> {
          Map<String, float[]> state = network.state();
          state.putAll(given.values());
          network.load(state);
        });
  }

  /** For the report. */
  Optional<String> fact() {
    return weights.map(
        given ->
            "%d tensors read, %d others of the file left out"
                .formatted(given.values().size(), given.leftOut()));
  }
}
