package dev.supcon.contract.step;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.supcon.contract.spec.CorruptionSpec;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.LinearSpec;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.contract.spec.ProjectionSpec;
import dev.supcon.contract.spec.TrainingSetSpec;
import dev.supcon.contract.spec.TransferSpec;
import dev.supcon.contract.spec.ViewSpec;
import org.jspecify.annotations.Nullable;

/** All that one step needs to know; the same JSON here and in a pod. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StepRequest.Augment.class, name = "augment"),
  @JsonSubTypes.Type(value = StepRequest.Pretrain.class, name = "pretrain"),
  @JsonSubTypes.Type(value = StepRequest.Linear.class, name = "linear"),
  @JsonSubTypes.Type(value = StepRequest.Corruption.class, name = "corruption"),
  @JsonSubTypes.Type(value = StepRequest.Transfer.class, name = "transfer")
})
public sealed interface StepRequest {

  StepHeader header();

  /** The kind, which is also the JSON's type word. */
  default StepKind kind() {
    return switch (this) {
      case Augment ignored -> StepKind.AUGMENT;
      case Pretrain ignored -> StepKind.PRETRAIN;
      case Linear ignored -> StepKind.LINEAR;
      case Corruption ignored -> StepKind.CORRUPTION;
      case Transfer ignored -> StepKind.TRANSFER;
    };
  }

  /**
   * Input: none. Output: the packed data set.
   *
   * @param digest of the source when the plan was made; a source with another one is refused
   * @param decoder of compressed images that the key stands for
   */
  record Augment(StepHeader header, DataSpec data, String digest, String decoder)
      implements StepRequest {}

  /**
   * Input {@code data}. Output: the encoder, and cross-entropy's own classifier.
   *
   * @param data what is learnt from; absent: the training part as it is
   */
  record Pretrain(
      StepHeader header,
      @Nullable TrainingSetSpec data,
      ViewSpec views,
      EncoderSpec encoder,
      ProjectionSpec projection,
      PretrainSpec pretrain,
      @Nullable Integer stopAfterEpoch)
      implements StepRequest {}

  /**
   * Inputs {@code data} and {@code encoder}. Output: the classifier.
   *
   * @param data what is learnt from; absent: the training part as it is
   */
  record Linear(
      StepHeader header, @Nullable TrainingSetSpec data, EncoderSpec encoder, LinearSpec linear)
      implements StepRequest {}

  /** Inputs {@code data}, {@code encoder} and {@code classifier}. Output: the table of errors. */
  record Corruption(StepHeader header, EncoderSpec encoder, CorruptionSpec corruption)
      implements StepRequest {}

  /** Inputs {@code data} (the other data set) and {@code encoder}. Output: metrics. */
  record Transfer(StepHeader header, EncoderSpec encoder, TransferSpec transfer)
      implements StepRequest {}
}
