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
   * @throws StepFailure {@code DATA} when the source is not what the plan was made for or has an
   *     image that cannot be used, {@code CONFIGURATION} when other code is asked for, {@code
   *     NO_INPUT} when there is no source
   */
  public static StepReport run(
      StepRequest.Augment request, Optional<SourcePlace> source, Workspace workspace) {
    workspace.progress(0, "reading");
    refuseOther(request);
    PackedIndex index =
        Packing.pack(
            request.data(),
            source.map(place -> fetched(place, request.digest(), workspace)),
            workspace.output(),
            percent -> workspace.progress(percent / 100.0, "packing images"));
    return new StepReport(StepKind.AUGMENT, Map.of(), facts(index), 0);
  }

  private static Path fetched(SourcePlace place, String digest, Workspace workspace) {
    return place.fetch(
        digest,
        workspace.scratch(),
        percent -> {
          workspace.progress(0, "downloading, " + percent + " % there");
          if (workspace.stopRequested()) {
            throw new StepFailure(
                ExitCode.RESUME, "stopped while downloading; start it again to go on");
          }
        });
  }

  /** The step's key stands for this decoder: what another one makes must not get the key. */
  private static void refuseOther(StepRequest.Augment request) {
    DataSpec data = request.data();
    if (!request.decoder().equals(SourceDigest.DECODER)) {
      throw new StepFailure(
          ExitCode.CONFIGURATION,
          "The request is for decoder %s, this runner has %s; use the runner that the plan was made for."
              .formatted(request.decoder(), SourceDigest.DECODER));
    }
    if (data.format().embedded()
        && !request.digest().equals(SourceDigest.ofEmbedded(data.format()))) {
      throw new StepFailure(
          ExitCode.CONFIGURATION,
          "The request is for another version of the images of %s; use the runner that the plan was made for."
              .formatted(data.name()));
    }
  }

  private static Map<String, String> facts(PackedIndex index) {
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
    return facts;
  }
}
