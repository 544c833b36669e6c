package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** The loss: supervised contrastive L_out (paper Eq. 2) or cross-entropy. */
@ValidationRule(
    value =
        "self.type != 'crossEntropy' || (self.temperature == 0.1 && self.scale == 'tauOverBase')",
    message =
        "temperature and scale have no meaning when pretrain.loss.type is crossEntropy; remove them")
public record LossSpec(
    @JsonPropertyDescription("supCon or crossEntropy.") @Default("supCon") LossType type,
    @JsonPropertyDescription("Temperature of the contrastive softmax.")
        @Min(0.001)
        @Max(10)
        @Default("0.1")
        Double temperature,
    @JsonPropertyDescription(
            "Factor on the loss: none, tau, or tauOverBase (temperature / 0.07, the authors' PyTorch code).")
        @Default("tauOverBase")
        LossScale scale) {

  /** Missing values become the defaults; nothing is refused here. */
  public LossSpec {
    type = Defaults.or(type, LossType.SUP_CON);
    temperature = Defaults.or(temperature, 0.1);
    scale = Defaults.or(scale, LossScale.TAU_OVER_BASE);
  }
}
