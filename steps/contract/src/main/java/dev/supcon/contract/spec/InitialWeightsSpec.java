package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of weights that training begins with, and what its pixels looked like. */
@ValidationRule(
    value = "has(self.path) != has(self.s3)",
    message = "encoder.initialWeights needs one place; write path or s3")
@ValidationRule(
    value = "!has(self.s3) || has(self.sha256)",
    message = "encoder.initialWeights.s3 needs sha256, by which the file is known")
@ValidationRule(
    value = "has(self.mean) == has(self.std)",
    message = "encoder.initialWeights.mean and std go together; write both or neither")
public record InitialWeightsSpec(
    @JsonPropertyDescription(
            "File of the weights: safetensors, or PyTorch's .pth; the command line only.")
        @Nullable
        @Size(max = 1024)
        String path,
    @JsonPropertyDescription("Where such a file lies in S3; needs sha256.")
        @Nullable
        @Pattern(TextForm.S3)
        @Size(max = 1024)
        String s3,
    @JsonPropertyDescription(
            "SHA-256 of the file's bytes; any other is refused. Absent: whatever lies at the path"
                + " when the plan is made.")
        @Nullable
        @Pattern(TextForm.SHA256)
        @Size(max = 64)
        String sha256,
    @JsonPropertyDescription(
            "Mean of red, green and blue, from 0 to 1, with which the weights were trained. Absent:"
                + " what the file says, else the data's own.")
        @Nullable
        @Size(min = 3, max = 3)
        List<@Min(0) @Max(1) Double> mean,
    @JsonPropertyDescription("Standard deviation, likewise.") @Nullable @Size(min = 3, max = 3)
        List<@Min(0.001) @Max(1) Double> std) {

  /** What a resolved experiment calls the file's digest; no data set has such a name. */
  public static final String NAME = "encoder.initialWeights";

  /** Nothing is refused here. */
  public InitialWeightsSpec {
    mean = mean == null ? null : Defaults.or(mean, List.of());
    std = std == null ? null : Defaults.or(std, List.of());
  }

  /** With the digest that the plan is made for. */
  public InitialWeightsSpec pinned(String digest) {
    return new InitialWeightsSpec(path, s3, digest, mean, std);
  }

  InitialWeightsSpec anywhere() {
    return new InitialWeightsSpec(null, null, sha256, mean, std);
  }
}
