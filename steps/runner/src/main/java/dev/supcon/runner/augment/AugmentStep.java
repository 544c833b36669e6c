package dev.supcon.runner.augment;

import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.PackedIndex;
import dev.supcon.runner.data.Packing;
import dev.supcon.runner.data.Part;
import dev.supcon.runner.workspace.Workspace;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fetches, verifies and packs a data set; its holdout is taken here, before anything is learnt. */
public final class AugmentStep {
  private AugmentStep() {}

  /**
   * @param source folder or tar of the data set; empty for an embedded one
   */
  public static StepReport run(
      StepRequest.Augment request, Optional<Path> source, Workspace workspace) {
    workspace.progress(0, "reading");
    PackedIndex index =
        Packing.pack(
            request.data(),
            source,
            workspace.output(),
            percent -> workspace.progress(percent / 100.0, "packing images"));
    return new StepReport(StepKind.AUGMENT, Map.of(), facts(index), 0);
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
