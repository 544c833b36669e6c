package dev.supcon.runner.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.supcon.contract.spec.Architecture;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.Precision;
import dev.supcon.contract.spec.Stem;
import dev.supcon.runner.checkpoint.SafeTensors;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.data.PackedIndex;
import dev.supcon.runner.data.Parts;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.probe.Features;
import dev.supcon.runner.probe.LinearClassifier;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.train.EncoderFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A small encoder with a classifier, and what they say of some images: what exports must say, too.
 *
 * @param images fp32 [2, 3, 32, 32], normalised
 * @param features [2, F]
 * @param logits [2, 3], calibrated
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of one test
record SomeModel(TrainedModel model, float[] images, float[] features, float[] logits) {
  static final int SIDE = 32;
  static final int IMAGES = 2;
  private static final List<Double> MEAN = List.of(0.5, 0.4, 0.3);
  private static final List<Double> STD = List.of(0.25, 0.2, 0.3);

  static SomeModel of(Path folder, Architecture architecture, Stem stem) {
    return of(folder, new EncoderSpec(architecture, stem, 0.125, Precision.FP32), false);
  }

  /** With a classifier of features as they are, or of features divided by their length. */
  static SomeModel of(Path folder, EncoderSpec encoder, boolean normalizeInput) {
    NetworkSpec spec = new NetworkSpec(encoder, new Head.None(), MEAN, STD);
    Path file = folder.resolve(EncoderFile.NAME);
    try (NDManager manager = TorchEngine.newManager();
        Network network = Network.create(spec, 3, manager)) {
      ByteBuffer bytes = Tensors.alignedBuffer(IMAGES * SIDE * SIDE * 3);
      for (int i = 0; i < bytes.capacity(); i++) {
        bytes.put(i, (byte) (CounterRandom.uniform(7, i) * 256));
      }
      NDArray pixels = Tensors.bytes(manager, bytes, IMAGES, SIDE, SIDE, 3);
      network.forward(pixels); // running statistics that are not the first ones
      EncoderFile.write(file, network, index(), 1);
      float[] features = network.features(pixels).toFloatArray();
      LinearClassifier classifier = classifier(network.featureWidth(), normalizeInput);
      float[] logits =
          classifier
              .predict(new Features(features, network.featureWidth(), new int[IMAGES]))
              .logits();
      TrainedModel model = TrainedModel.of(SafeTensors.read(file), Optional.of(classifier));
      return new SomeModel(model, normalised(bytes), features, logits);
    }
  }

  /** NHWC bytes as NCHW numbers. */
  private static float[] normalised(ByteBuffer bytes) {
    float[] values = new float[bytes.capacity()];
    int plane = SIDE * SIDE;
    for (int i = 0; i < values.length; i++) {
      int c = i / plane % 3;
      int at = (i / (3 * plane) * plane + i % plane) * 3 + c;
      values[i] = (float) (((bytes.get(at) & 0xFF) / 255.0 - MEAN.get(c)) / STD.get(c));
    }
    return values;
  }

  private static LinearClassifier classifier(int width, boolean normalizeInput) {
    float[] weights = new float[3 * width];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) CounterRandom.normal(11, i);
    }
    return new LinearClassifier(weights, new float[] {0.1f, -0.2f, 0.3f}, 1.7, normalizeInput);
  }

  private static PackedIndex index() {
    PackedIndex.PackedPart none = new PackedIndex.PackedPart(0, List.of(0, 0, 0), "");
    return new PackedIndex(
        "some",
        List.of("one", "two", "three"),
        SIDE,
        MEAN,
        STD,
        "none",
        new Parts<>(none, none, none),
        "abc");
  }

  ModelCard card() {
    return model.card(
        new ModelCard.Provenance(
            "some", "3", "kind: none\n", Map.of(), Map.of(), Map.of(), Map.of()),
        new TreeMap<>(Map.of("classifier.test.top1", 0.5)));
  }

  /** The images as an array. */
  NDArray array(NDManager manager) {
    NDArray array = manager.create(new Shape(IMAGES, 3, SIDE, SIDE), DataType.FLOAT32);
    array.set(images);
    return array;
  }
}
