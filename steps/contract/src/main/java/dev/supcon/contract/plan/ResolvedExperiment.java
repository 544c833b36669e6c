package dev.supcon.contract.plan;

import dev.supcon.contract.spec.CheckedExperiment;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.spec.RerunSpec;
import java.util.Map;
import java.util.Optional;

/**
 * A checked experiment with what a plan needs and a spec cannot know.
 *
 * @param name of the experiment; in no key
 * @param digests of every data set's source, by the data set's name
 * @param decoder of compressed images; two decoders may differ in a pixel
 */
public record ResolvedExperiment(
    String name, CheckedExperiment experiment, Map<String, String> digests, String decoder) {

  public ResolvedExperiment {
    digests = Map.copyOf(digests);
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
    String digest = digests.get(data.name());
    if (digest == null) {
      throw new IllegalStateException("no digest of data set " + data.name());
    }
    return digest;
  }
}
