package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A data set: where it comes from and how it is split. */
@ValidationRule(
    value = "!has(self.path) || !has(self.s3)",
    message = "data.path and data.s3 are two places for one data set; remove one of the two")
@ValidationRule(
    value =
        "!("
            + DataSpec.FORMAT
            + " in ['shapes', 'shapes-novel', 'shapesNovel'])"
            + " || (!has(self.path) && !has(self.s3) && !has(self.digest))",
    message =
        "data.path, data.s3 and data.digest have no meaning for an embedded data set; remove them")
@ValidationRule(
    value = "!(" + DataSpec.FORMAT + " in ['cifar10', 'cifar100']) || self.imageSize == 32",
    message = "CIFAR has images of 32 x 32; write 32 as data.imageSize")
@ValidationRule(
    value = DataSpec.FORMAT + " != 'voc2007'",
    message =
        "PASCAL VOC 2007 has several labels an image, which no step learns yet; choose another data"
            + " set")
public record DataSpec(
    @JsonPropertyDescription("Name of the data set. `--data NAME=PATH` binds it to a path.")
        @Pattern(TextForm.NAME)
        @Size(max = 63)
        @Default("shapes")
        String name,
    @JsonPropertyDescription(
            "Layout of the source. Default: the one that `name` says, else imageFolder.")
        DataFormat format,
    @JsonPropertyDescription("Folder or tar of the source; the command line only.")
        @Nullable
        @Size(max = 1024)
        String path,
    @JsonPropertyDescription(
            "Where the source lies in S3: a folder of `train/<class>/<image>` and"
                + " `test/<class>/<image>`, or a tar of one.")
        @Nullable
        @Pattern(TextForm.S3)
        @Size(max = 1024)
        String s3,
    @JsonPropertyDescription(
            "SHA-256 of the source, where it is to be this one only. Absent: whatever lies there"
                + " when the plan is made.")
        @Nullable
        @Pattern(TextForm.SHA256)
        @Size(max = 64)
        String digest,
    @JsonPropertyDescription("Side in pixels at which images are stored and seen by the network.")
        @Min(16)
        @Max(512)
        @Default("32")
        Integer imageSize,
    @JsonPropertyDescription(
            "Fraction of each class of the training set on which every choice is made; pretraining"
                + " never sees it.")
        @Min(0.01)
        @Max(0.5)
        @Default("0.1")
        Double holdout,
    @JsonPropertyDescription(
            "Part of what the holdout leaves of the training set; the steps learn from it alone. Absent: all.")
        @Nullable SubsetSpec subset,
    @JsonPropertyDescription(
            "Wrong labels for what is learnt from, never for holdout and test. Absent: none.")
        @Nullable LabelNoiseSpec labelNoise) {
  /** The format in CEL; without one the name says it. */
  static final String FORMAT = "(has(self.format) ? self.format : self.name)";

  /** Missing values become the defaults; nothing is refused here. */
  public DataSpec {
    name = Defaults.or(name, "shapes");
    format = Defaults.or(format, DataFormat.of(name));
    imageSize = Defaults.or(imageSize, 32);
    holdout = Defaults.or(holdout, 0.1);
  }

  /** A data set whose training part is learnt from as it is. */
  public DataSpec(
      String name,
      DataFormat format,
      @Nullable String path,
      @Nullable String s3,
      @Nullable String digest,
      Integer imageSize,
      Double holdout) {
    this(name, format, path, s3, digest, imageSize, holdout, null, null);
  }

  /** What is learnt from; empty for the training part as it is. */
  public Optional<TrainingSetSpec> training() {
    return TrainingSetSpec.of(subset, labelNoise);
  }

  /** What is packed: the steps that learn take their part of it. */
  public DataSpec packed() {
    return new DataSpec(name, format, path, s3, digest, imageSize, holdout);
  }
}
