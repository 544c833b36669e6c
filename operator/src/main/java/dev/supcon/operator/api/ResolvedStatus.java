package dev.supcon.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a plan needs and a spec cannot know, kept until the spec changes: neither new data nor
 * another operator re-keys an experiment on its way.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResolvedStatus(
    @JsonPropertyDescription("Generation of the spec that this is about.")
        @Min(-1)
        @Max(9007199254740991L)
        Long generation,
    @JsonPropertyDescription("When it was found out; ends of Jobs before it count no more.")
        @Size(max = 32)
        String at,
    @JsonPropertyDescription("The spec's token of the wish to compute it again.")
        @Nullable
        @Size(max = 63)
        String rerunToken,
    @JsonPropertyDescription("Decoder of compressed images.") @Size(max = 63) String decoder,
    @JsonPropertyDescription("Digest of every data set's source.") @Size(max = 17)
        List<Digest> digests,
    @JsonPropertyDescription("Image of every runtime that is used.") @Size(max = 33)
        List<Image> images,
    @JsonPropertyDescription("Version of the code of every kind of step.") @Size(max = 8)
        List<CodeVersion> codeVersions,
    @JsonPropertyDescription("Devices that pretraining is given by its runtime. Absent: one.")
        @Nullable
        @Min(1)
        @Max(1024)
        Integer devices) {

  /** The source of a data set. */
  public record Digest(
      @JsonPropertyDescription("Name of the data set.") @Required @Size(max = 63) String name,
      @JsonPropertyDescription("Its digest.") @Size(max = 80) String digest) {

    /** Long values are cut. */
    public Digest {
      name = PlainText.of(name == null ? "" : name, 63);
      digest = PlainText.of(digest == null ? "" : digest, 80);
    }
  }

  /** The image of a runtime. */
  public record Image(
      @JsonPropertyDescription("Name of the runtime.") @Required @Size(max = 63) String runtime,
      @JsonPropertyDescription("Its image, by digest where the administrator said one.")
          @Size(max = 200)
          String image) {

    /** Long values are cut. */
    public Image {
      runtime = PlainText.of(runtime == null ? "" : runtime, 63);
      image = PlainText.of(image == null ? "" : image, 200);
    }
  }

  /** The version of the code of a kind of step. */
  public record CodeVersion(
      @JsonPropertyDescription("Kind of step.") @Required @Size(max = 16) String kind,
      @JsonPropertyDescription("Version of its code.") @Min(0) @Max(1000000) Integer version) {

    /** Missing values become none. */
    public CodeVersion {
      kind = PlainText.of(kind == null ? "" : kind, 16);
      version = AtMost.count(version);
    }
  }

  /** Missing values become none. */
  public ResolvedStatus {
    generation = AtMost.amount(generation, -1);
    at = PlainText.of(at == null ? "" : at, 32);
    rerunToken = PlainText.orNull(rerunToken, 63);
    decoder = PlainText.of(decoder == null ? "" : decoder, 63);
    digests = AtMost.of(digests, 17);
    images = AtMost.of(images, 33);
    codeVersions = AtMost.of(codeVersions, 8);
    devices = devices == null ? null : Math.clamp(devices, 1, 1024);
  }

  /** The image that a runtime had when this was found out. */
  public Optional<String> image(String runtime) {
    return images.stream()
        .filter(image -> image.runtime().equals(runtime))
        .map(Image::image)
        .findFirst();
  }
}
