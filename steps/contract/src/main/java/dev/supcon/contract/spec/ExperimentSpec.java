package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user asks for: one experiment, from data to evaluation. */
public record ExperimentSpec(
    @JsonPropertyDescription(
            "Seed of every random number: order, views, initial weights, corruptions.")
        @Min(0)
        @Max(2147483647)
        @Default("0")
        Long seed,
    @JsonPropertyDescription("The data set to train and to test on.") DataSpec data,
    @JsonPropertyDescription("How each view of an image is made (SimAugment).") ViewSpec views,
    @JsonPropertyDescription("The network whose output is evaluated.") EncoderSpec encoder,
    @JsonPropertyDescription("The head that the contrastive loss sees; dropped after pretraining.")
        ProjectionSpec projection,
    @JsonPropertyDescription("How the encoder is trained.") PretrainSpec pretrain,
    @JsonPropertyDescription(
            "The linear stage on the frozen encoder. Default: on for supCon, absent for crossEntropy.")
        @Nullable LinearSpec linear,
    @JsonPropertyDescription("Evaluation on corrupted test images. Absent: not evaluated.")
        @Nullable CorruptionSpec corruption,
    @JsonPropertyDescription("Other data sets on which the frozen encoder is evaluated.")
        @Size(max = 16)
        List<TransferSpec> transfer) {

  /** Missing values become the defaults; nothing is refused here. */
  public ExperimentSpec {
    seed = Defaults.or(seed, 0L);
    data = Defaults.or(data, Defaults.of(DataSpec.class));
    views = Defaults.or(views, Defaults.of(ViewSpec.class));
    encoder = Defaults.or(encoder, Defaults.of(EncoderSpec.class));
    projection = Defaults.or(projection, Defaults.of(ProjectionSpec.class));
    pretrain = Defaults.or(pretrain, Defaults.of(PretrainSpec.class));
    transfer = Defaults.or(transfer, List.of());
  }

  /** The same experiment with the named data sets read from these paths. */
  public ExperimentSpec withPaths(Map<String, String> paths) {
    List<TransferSpec> bound =
        transfer.stream().map(to -> new TransferSpec(bind(to.data(), paths), to.l2())).toList();
    return new ExperimentSpec(
        seed, bind(data, paths), views, encoder, projection, pretrain, linear, corruption, bound);
  }

  private static DataSpec bind(DataSpec data, Map<String, String> paths) {
    String path = paths.get(data.name());
    return path == null ? data : data.withPath(path);
  }
}
