package dev.supcon.runner.pretrain;

import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.BatchComposition;
import dev.supcon.contract.spec.BatchesSpec;
import dev.supcon.contract.spec.CheckpointSpec;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.KnnSpec;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.contract.spec.ProjectionSpec;
import dev.supcon.contract.spec.ScheduleSpec;
import dev.supcon.contract.spec.Stem;
import dev.supcon.contract.spec.TrainingSetSpec;
import dev.supcon.contract.spec.ViewSpec;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepHeader;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.data.PackedWriter;
import dev.supcon.runner.data.Part;
import dev.supcon.runner.data.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A data set that can be learnt in seconds, and requests to learn it. */
final class TinyStudy {
  static final int CLASSES = 4;
  private static final int SIDE = 16;

  private TinyStudy() {}

  /** Stripes of a class's direction and distance, under a random shift, colour and noise. */
  static Path pack(Path folder) throws IOException {
    Files.createDirectories(folder);
    Parts<int[]> labels = new Parts<>(labels(64), labels(32), labels(32));
    try (PackedWriter writer = new PackedWriter(folder, SIDE, labels)) {
      for (Part part : Part.values()) {
        for (int i = 0; i < labels.of(part).length; i++) {
          writer.put(
              part, i, image(labels.of(part)[i], CounterRandom.key(part.word().hashCode(), i)));
        }
      }
      writer.finish("stripes", List.of("a", "b", "c", "d"), "none", () -> {});
    }
    return folder;
  }

  private static int[] labels(int size) {
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i % CLASSES;
    }
    return labels;
  }

  private static byte[] image(int label, long key) {
    byte[] image = new byte[3 * SIDE * SIDE];
    double shift = CounterRandom.uniform(key, 0) * 10;
    double period = label < 2 ? 3 : 7;
    for (int i = 0; i < image.length; i++) {
      int at = label % 2 == 0 ? i / 3 % SIDE : i / 3 / SIDE;
      double wave = StrictMath.sin(2 * StrictMath.PI * (at + shift) / period);
      double tint = 0.4 + 0.6 * CounterRandom.uniform(key, 1 + i % 3);
      double noise = 20 * CounterRandom.normal(key, 10 + i);
      image[i] = (byte) Math.clamp(Math.round(128 + 100 * tint * wave + noise), 0, 255);
    }
    return image;
  }

  static StepRequest.Pretrain request(LossType loss, int epochs, double learningRate) {
    return request(
        new PretrainSpec(
            LossSpec.with(loss, 0.5, LossScale.NONE),
            16,
            new BatchesSpec(BatchComposition.SHUFFLED, null),
            epochs,
            OptimizerSpec.sgd(learningRate, 0.9, 1e-4),
            1.0,
            ScheduleSpec.cosine(),
            null,
            null,
            null,
            null,
            5,
            new KnnSpec(1, 5, 0.1),
            new CheckpointSpec(2, 0, false, 8.0),
            86400));
  }

  /** From JSON with single quotes. */
  static PretrainSpec spec(String json) throws IOException {
    return ContractJson.read(json.replace('\'', '"'), PretrainSpec.class);
  }

  static StepRequest.Pretrain request(PretrainSpec pretrain) {
    return request(pretrain, null);
  }

  static StepRequest.Pretrain request(PretrainSpec pretrain, @Nullable TrainingSetSpec data) {
    StepKey key = new StepKey("0".repeat(64));
    return new StepRequest.Pretrain(
        new StepHeader(
            "tiny", "pretrain", key, StepKind.PRETRAIN.codeVersion(), 7, Map.of("data", key)),
        data,
        new ViewSpec(0.6, 1.0, 0.5, 0.5, 0.8, 0.2, 0.0),
        new EncoderSpec(Architecture.RESNET18, Stem.CIFAR, 0.125, Precision.BF16),
        new ProjectionSpec(List.of(32), 16, false),
        pretrain,
        null);
  }
}
