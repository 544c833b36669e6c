package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Another data set for the frozen encoder: logistic regression on its features by L-BFGS. */
@ValidationRule(
    value = "!has(self.data.subset)",
    message = "data.subset has no meaning for a data set to transfer to; remove it",
    fieldPath = ".data.subset")
@ValidationRule(
    value = "!has(self.data.labelNoise)",
    message = "data.labelNoise has no meaning for a data set to transfer to; remove it",
    fieldPath = ".data.labelNoise")
public record TransferSpec(
    @JsonPropertyDescription("The data set.") @Required DataSpec data,
    @JsonPropertyDescription(
            "Candidates of the L2 penalty; the best on the holdout is refitted on training set and"
                + " holdout.")
        @Size(min = 1, max = 64)
        List<@Min(0) @Max(1000000000) Double> l2) {

  /** Missing data becomes one that the rules refuse; nothing is refused here. */
  public TransferSpec {
    data = Defaults.or(data, new DataSpec("", DataFormat.of(""), null, null, null, 32, 0.1));
    l2 = Defaults.or(l2, TransferSpec.PAPER_L2);
  }

  /**
   * 45 values, log-spaced from 1e-6 to 1e5 (SimCLR paper, appendix B.8, used for Table 4's peers).
   */
  static final List<Double> PAPER_L2 =
      java.util.stream.IntStream.range(0, 45)
          .mapToObj(i -> StrictMath.pow(10, -6 + 0.25 * i))
          .toList();
}
