package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A data set: where it comes from and how it is split. */
public record DataSpec(
    @JsonPropertyDescription("Name of the data set. `--data NAME=PATH` binds it to a path.")
        @Pattern("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")
        @Default("shapes")
        String name,
    @JsonPropertyDescription(
            "Layout of the source. Default: the one that `name` says, else imageFolder.")
        DataFormat format,
    @JsonPropertyDescription("Folder or tar of the source; the command line only.")
        @Nullable
        @Size(max = 1024)
        String path,
    @JsonPropertyDescription("Side in pixels at which images are stored and seen by the network.")
        @Min(16)
        @Max(512)
        @Default("32")
        Integer imageSize,
    @JsonPropertyDescription(
            "Fraction of each class of the training set on which every choice is made; pretraining never sees it.")
        @Min(0.01)
        @Max(0.5)
        @Default("0.1")
        Double holdout) {

  /** Missing values become the defaults; nothing is refused here. */
  public DataSpec {
    name = Defaults.or(name, "shapes");
    format = Defaults.or(format, DataFormat.of(name));
    imageSize = Defaults.or(imageSize, 32);
    holdout = Defaults.or(holdout, 0.1);
  }

  /** The same data set, read from elsewhere. */
  public DataSpec withPath(String other) {
    return new DataSpec(name, format, other, imageSize, holdout);
  }
}
