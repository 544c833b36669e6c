package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * The memory variant of the paper's section 4.1: keys of earlier batches as contrast, made by an
 * encoder that follows the trained one slowly (MoCo, He et al. 2020).
 */
public record MemorySpec(
    @JsonPropertyDescription(
            "Keys that are kept, with their labels; a multiple of pretrain.batchSize.")
        @Min(2)
        @Max(1048576)
        @Default("8192")
        Integer size,
    @JsonPropertyDescription(
            "What the key encoder keeps of itself in a step; the rest it takes from the trained one.")
        @Min(0)
        @Max(0.999999)
        @Default("0.999")
        Double momentum) {

  /** Missing values become the defaults; nothing is refused here. */
  public MemorySpec {
    size = Defaults.or(size, 8192);
    momentum = Defaults.or(momentum, 0.999);
  }
}
