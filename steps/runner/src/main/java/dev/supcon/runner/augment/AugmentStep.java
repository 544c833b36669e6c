package dev.supcon.runner.augment;

import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.PackedIndex;
import dev.supcon.runner.data.Packing;
import dev.supcon.runner.data.Part;
import dev.supcon.runner.data.SourceDigest;
import dev.supcon.runner.data.SourcePlace;
import dev.supcon.runner.workspace.Workspace;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fetches, verifies and packs a data set; its holdout is taken here, before anything is learnt. */
public final class AugmentStep {
  private AugmentStep() {}

  /**
   * @param source where the data set lies; empty for an embedded one
   * @throws StepFailure {@code RESUME} when stopped, {@code DATA} when the source is not what the
   *     plan was made for or has an image that cannot be used, {@code CONFIGURATION} when other
   *     code is asked for, {@code NO_INPUT} when there is no source
   */
  public static StepReport run(
      StepRequest.Augment request, Optional<SourcePlace> source, Workspace workspace) {
    workspace.progress(0, "reading");
    refuseOtherCode(request);
    Optional<Path> here = source.map(place -> fetched(place, request.digest(), workspace));
    Packing.Packed packed =
        Packing.pack(
            request.data(), here, workspace.output(), new Watch(request, source, workspace));
    return new StepReport(StepKind.AUGMENT, Map.of(), facts(packed), 0);
  }

  private static Path fetched(SourcePlace place, String digest, Workspace workspace) {
    return place.fetch(
        digest,
        workspace.scratch(),
        percent -> {
          workspace.endIfStopRequested("images were downloaded");
          workspace.progress(0, "downloading, " + percent + " % there");
        });
  }

  /** The step's key stands for this decoder and these embedded images. */
  private static void refuseOtherCode(StepRequest.Augment request) {
    DataSpec data = request.data();
    boolean embedded = data.format().embedded(); // nothing is decoded then
    if (!embedded && !request.decoder().equals(SourceDigest.DECODER)) {
      throw new StepFailure(
          ExitCode.CONFIGURATION,
          "The request is for decoder %s, this runner has %s; use the runner that the plan was made for."
              .formatted(request.decoder(), SourceDigest.DECODER));
    }
    if (embedded && !request.digest().equals(SourceDigest.ofEmbedded(data.format()))) {
      throw new StepFailure(
          ExitCode.CONFIGURATION,
          "The request is for another version of the images of %s; use the runner that the plan was made for."
              .formatted(data.name()));
    }
  }

  /** Compares what was read with what the step's key stands for; hears of stops. */
  private record Watch(
      StepRequest.Augment request, Optional<SourcePlace> source, Workspace workspace)
      implements Packing.Watcher {

    @Override
    public void at(int percent) {
      beforeFile();
      workspace.progress(percent / 100.0, "packing images");
    }

    @Override
    public void beforeFile() {
      workspace.endIfStopRequested("images were packed");
    }

    @Override
    public void read(String digest) {
      source.ifPresent(place -> place.confirm(digest, request.digest()));
    }
  }

  private static Map<String, String> facts(Packing.Packed packed) {
    PackedIndex index = packed.index();
    Map<String, String> facts = new TreeMap<>();
    for (Part part : Part.values()) {
      facts.put(part.word() + " images", String.valueOf(index.part(part).size()));
    }
    facts.put("classes", String.join(", ", index.classNames()));
    facts.put("image size", index.side() + " x " + index.side());
    facts.put("mean", index.mean().toString());
    facts.put("standard deviation", index.std().toString());
    facts.put("decoder", index.decoder());
    facts.put("digest", index.digest());
    facts.put("equal images", packed.repeated().words());
    if (!packed.repeated().leaked().isEmpty()) {
      facts.put("warning", "equal images: " + packed.repeated().words());
    }
    return facts;
  }
}
