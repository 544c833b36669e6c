package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
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
        Double holdout) {
  /** The format in CEL; without one the name says it. */
  static final String FORMAT = "(has(self.format) ? self.format : self.name)";

  /** Missing values become the defaults; nothing is refused here. */
  public DataSpec {
    name = Defaults.or(name, "shapes");
    format = Defaults.or(format, DataFormat.of(name));
    imageSize = Defaults.or(imageSize, 32);
    holdout = Defaults.or(holdout, 0.1);
  }
}
