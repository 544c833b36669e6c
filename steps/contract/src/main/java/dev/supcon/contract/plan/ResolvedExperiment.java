package dev.supcon.contract.plan;

import dev.supcon.contract.spec.CheckedExperiment;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.InitialWeightsSpec;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.contract.spec.RerunSpec;
import dev.supcon.contract.step.StepKind;
import java.util.Map;
import java.util.Optional;

/**
 * A checked experiment with what a plan needs and a spec cannot know.
 *
 * @param name of the experiment; in no key
 * @param digests of every data set's source, by the data set's name; of initial weights that the
 *     spec says no digest of by {@link InitialWeightsSpec#NAME}
 * @param decoder of compressed images; two decoders may differ in a pixel
 * @param codeVersions of the code that will run the steps; a kind without an entry has this code's
 * @param devices that pretraining is given; the spec's own number wins
 */
public record ResolvedExperiment(
    String name,
    CheckedExperiment experiment,
    Map<String, String> digests,
    String decoder,
    Map<StepKind, Integer> codeVersions,
    int devices) {

  public ResolvedExperiment {
    digests = Map.copyOf(digests);
    codeVersions = Map.copyOf(codeVersions);
  }

  /** For steps that this very code runs, pretraining on one device unless the spec says more. */
  public ResolvedExperiment(
      String name, CheckedExperiment experiment, Map<String, String> digests, String decoder) {
    this(name, experiment, digests, decoder, Map.of(), 1);
  }

  int codeVersion(StepKind kind) {
    return codeVersions.getOrDefault(kind, kind.codeVersion());
  }

  /** Pretraining as it runs: with the number of devices, where there are several. */
  PretrainSpec pretrain() {
    PretrainSpec pretrain = experiment.spec().pretrain();
    return pretrain.devices() == null && devices > 1 ? pretrain.withDevices(devices) : pretrain;
  }

  /**
   * Whoever wants the same experiment computed again writes a new one; in every key but those of
   * the data.
   */
  public Optional<String> rerunToken() {
    return Optional.ofNullable(experiment.spec().rerun()).map(RerunSpec::token);
  }

  /**
   * The digest of a data set's source.
   *
   * @throws IllegalStateException when it was not resolved
   */
  String digest(DataSpec data) {
    return digest(data.name());
  }

  /**
   * The encoder, with the digest of its initial weights.
   *
   * @throws IllegalStateException when it was not resolved
   */
  EncoderSpec encoder() {
    EncoderSpec encoder = experiment.spec().encoder();
    InitialWeightsSpec weights = encoder.initialWeights();
    if (weights == null || weights.sha256() != null) {
      return encoder;
    }
    return encoder.with(weights.pinned(digest(InitialWeightsSpec.NAME)));
  }

  private String digest(String name) {
    String digest = digests.get(name);
    if (digest == null) {
      throw new IllegalStateException("no digest of " + name);
    }
    return digest;
  }
}
