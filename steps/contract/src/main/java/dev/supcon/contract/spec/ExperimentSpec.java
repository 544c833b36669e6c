package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user asks for: one experiment, from data to evaluation. */
@ValidationRule(
    value =
        "!has(self.encoder) || self.encoder.stem != 'imagenet'"
            + " || (has(self.data) && self.data.imageSize >= 64)",
    message = "encoder.stem imagenet needs images of 64 pixels or more; write cifar")
@ValidationRule(
    value =
        "!has(self.corruption) || !has(self.data) || self.data.imageSize == 32"
            + " || self.data.imageSize == 224",
    message = "corruption is defined for images of 32 and of 224 pixels; remove it")
@ValidationRule(
    value =
        "!has(self.projection) || !has(self.pretrain) || !has(self.pretrain.loss)"
            + " || !(self.pretrain.loss.type in ['crossEntropy', 'largeMargin']) || (self.projection.dimension == 128"
            + " && !self.projection.normalizeInput"
            + " && (!has(self.projection.hidden) || self.projection.hidden == [2048]))",
    message =
        "projection has no meaning when pretrain.loss.type is crossEntropy or largeMargin; remove it")
@ValidationRule(
    value =
        "!has(self.execution) || !has(self.execution.steps) || self.execution.steps.all(s, s.name in"
            + " ['augment', 'pretrain', 'linear', 'corruption', 'transfer'] || (has(self.transfer) &&"
            + " self.transfer.exists(t, s.name == 'augment-' + t.data.name"
            + " || s.name == 'transfer-' + t.data.name)))",
    message = "an entry of execution.steps names no step of this experiment")
@ValidationRule(
    value =
        "!has(self.transfer) || self.transfer.all(t,"
            + " self.transfer.exists_one(u, u.data.name == t.data.name))",
    message = "two data sets to transfer to have the same name; remove one of the two")
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
            "The linear stage on the frozen encoder. Default: on, but absent for crossEntropy, largeMargin and joint.")
        @Nullable LinearSpec linear,
    @JsonPropertyDescription("Evaluation on corrupted test images. Absent: not evaluated.")
        @Nullable CorruptionSpec corruption,
    @JsonPropertyDescription("Other data sets on which the frozen encoder is evaluated.")
        @Size(max = 16)
        List<TransferSpec> transfer,
    @JsonPropertyDescription("How the steps are run, never what they compute.")
        ExecutionSpec execution,
    @JsonPropertyDescription("Has the experiment computed again. Absent: results are used again.")
        @Nullable RerunSpec rerun) {

  /** Missing values become the defaults; nothing is refused here. */
  public ExperimentSpec {
    seed = Defaults.or(seed, 0L);
    data = Defaults.or(data, Defaults.of(DataSpec.class));
    views = Defaults.or(views, Defaults.of(ViewSpec.class));
    encoder = Defaults.or(encoder, Defaults.of(EncoderSpec.class));
    projection = Defaults.or(projection, Defaults.of(ProjectionSpec.class));
    pretrain = Defaults.or(pretrain, Defaults.of(PretrainSpec.class));
    transfer = Defaults.or(transfer, List.of());
    execution = Defaults.or(execution, Defaults.of(ExecutionSpec.class));
  }
}
