package dev.supcon.runner.export;

import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.Part;
import dev.supcon.runner.probe.FeatureExtractor;
import dev.supcon.runner.probe.Features;
import dev.supcon.runner.train.FrozenEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a run's encoder makes of the images that it was trained, chosen and tested on. */
public record FeatureFiles(StoredRun run) {
  /**
   * Writes {@code features-PART.npy}, fp32 [N, F], average pooled and not normalised, and {@code
   * labels-PART.npy}, int64 [N], for each part of the data set in its order.
   *
   * @throws StepFailure NO_INPUT when the store no longer holds the encoder or the packed images
   */
  void write(EncoderSpec encoder, Path out) throws IOException {
    Files.createDirectories(out);
    try (FrozenEncoder frozen = FrozenEncoder.open(run.data(), run.encoder(), encoder)) {
      FeatureExtractor extractor = new FeatureExtractor(frozen.network(), () -> {});
      for (Part part : Part.values()) {
        Features features = extractor.of(frozen.data().part(part));
        NumpyFile.write(file(out, "features", part), features.values(), features.width());
        NumpyFile.write(file(out, "labels", part), features.labels());
      }
    }
  }

  private static Path file(Path folder, String what, Part part) {
    return folder.resolve(what + "-" + part.word() + ".npy");
  }
}
