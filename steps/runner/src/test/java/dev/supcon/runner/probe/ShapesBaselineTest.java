package dev.supcon.runner.probe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.Stem;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.data.PackedSplit;
import dev.supcon.runner.data.Packing;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.torchscript.TorchEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the quickstart's data set gives away without training: the best penalty by the test images
 * themselves, so an upper bound.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShapesBaselineTest {
  private static final List<Double> PENALTIES = List.of(1.0, 0.1, 0.01, 0.001);
  private static final LogisticRegression.Effort EFFORT = new LogisticRegression.Effort(1e-4, 100);

  @TempDir private static Path folder;
  private PackedData data;

  @BeforeAll
  void pack() {
    DataSpec shapes = new DataSpec("shapes", DataFormat.SHAPES, null, null, null, 32, 0.1);
    Packing.pack(shapes, Optional.empty(), folder, percent -> {});
    data = PackedData.open(folder);
  }

  @AfterAll
  void close() {
    data.close();
  }

  @Test
  void pixelsAloneTellAtMostFourInTen() {
    double best = best(pixels(data.train()), pixels(data.test()));
    System.out.println("logistic regression on pixels: top-1 " + best);
    assertThat(best).isBetween(0.1, 0.4);
  }

  @Test
  void anUntrainedEncoderTellsAtMostSixInTen() {
    EncoderSpec encoder = new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 0.25, Precision.FP32);
    NetworkSpec spec =
        new NetworkSpec(encoder, new Head.None(), data.index().mean(), data.index().std());
    try (NDManager manager = TorchEngine.newManager();
        Network network = Network.create(spec, 1, manager)) {
      double best =
          best(
              FeatureExtractor.of(network, data.train()),
              FeatureExtractor.of(network, data.test()));
      System.out.println("linear probe on the untrained encoder: top-1 " + best);
      assertThat(best).isBetween(0.1, 0.6);
    }
  }

  private static double best(Features train, Features test) {
    double best = 0;
    try (LogisticRegression regression = new LogisticRegression(train, 10)) {
      double[] start = regression.origin();
      for (double penalty : PENALTIES) {
        LogisticRegression.Solution solution = regression.fit(penalty, start, EFFORT);
        start = solution.parameters();
        best = Math.max(best, Accuracy.top(1, solution.classifier().predict(test)));
      }
    }
    return best;
  }

  private static Features pixels(PackedSplit split) {
    float[] values = new float[split.size() * split.imageBytes()];
    for (int i = 0; i < split.size(); i++) {
      byte[] image = split.image(i);
      for (int k = 0; k < image.length; k++) {
        values[i * image.length + k] = (image[k] & 0xFF) / 127.5f - 1;
      }
    }
    return new Features(values, split.imageBytes(), split.labels());
  }
}
