package dev.supcon.runner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.spec.MixingSpec;
import dev.supcon.contract.spec.MixingType;
import dev.supcon.runner.GoldenFile;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.loss.CrossEntropyLoss;
import dev.supcon.runner.loss.LossGradient;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images by torchvision's v2 transforms, losses by timm: dev/oracles/mixing_golden.py. */
final class MixerTest {
  private static final JsonNode GOLDEN = GoldenFile.read("mixing");
  private static final int SIDE = GOLDEN.path("side").asInt();
  private static final int[] LABELS = GoldenFile.ints(GOLDEN.path("labels"));
  private static final int[] PARTNERS = {2, 0, 1}; // torchvision's: the image before

  static List<JsonNode> cases() {
    List<JsonNode> cases = new ArrayList<>();
    GOLDEN.path("cases").forEach(cases::add);
    return cases;
  }

  static List<JsonNode> boxes() {
    List<JsonNode> boxes = new ArrayList<>();
    GOLDEN.path("boxes").forEach(boxes::add);
    return boxes;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void imagesAreThoseOfTorchvision(JsonNode kase) {
    try (NDManager manager = TorchEngine.newManager();
        Mixer mixer = new Mixer(manager)) {
      NDArray pixels = pixels(manager);
      NDArray mixed = mixer.images(pixels, mixture(kase));

      assertThat(GoldenFile.doubles(kase.path("images")))
          .containsExactly(mixed.toType(DataType.FLOAT64, true).toDoubleArray(), within(255e-7));
      assertThat(pixels).as("left as they are").isEqualTo(pixels(manager));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossAndGradientAreThoseOfTimm(JsonNode kase) {
    try (NDManager manager = TorchEngine.newManager();
        CrossEntropyLoss plain = new CrossEntropyLoss(kase.path("smoothing").asDouble())) {
      Objective objective = new Objective.Classification(plain, GOLDEN.path("classes").asInt());
      NDArray logits =
          manager.create(
              GoldenFile.doubles(GOLDEN.path("logits")),
              new Shape(LABELS.length, GOLDEN.path("classes").asInt()));
      LossGradient result = objective.of(logits, Mixer.targets(LABELS, mixture(kase)));

      assertThat(result.loss()).isCloseTo(kase.path("loss").asDouble(), within(1e-6));
      assertThat(result.gradient().toDoubleArray())
          .containsExactly(GoldenFile.doubles(kase.path("gradient")), within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("boxes")
  void theRectangleIsTorchvisionsAndTheShareWhatItLeaves(JsonNode box) {
    double[] n = GoldenFile.doubles(box);
    Mixture.Patch patch = Mixture.Patch.of(PARTNERS, n[1], (int) n[2], (int) n[3], (int) n[0]);

    assertThat(List.of(patch.top(), patch.bottom(), patch.left(), patch.right()))
        .containsExactly((int) n[4], (int) n[5], (int) n[6], (int) n[7]);
    assertThat(patch.share()).isCloseTo(n[8], within(1e-12));
  }

  @Test
  void chanceIsByTheBatchsKeyAlone() {
    MixingSpec half = new MixingSpec(MixingType.CUT_MIX, 1.0, 0.25);
    int mixed = 0;
    for (int batch = 0; batch < 1000; batch++) {
      long key = CounterRandom.key(3, batch);
      Optional<Mixture> drawn = Mixture.draw(half, key, 8, 32);
      assertThat(drawn.map(Mixture::share))
          .isEqualTo(Mixture.draw(half, key, 8, 32).map(Mixture::share));
      drawn.ifPresent(
          mixture ->
              assertThat(mixture.partners())
                  .containsExactlyInAnyOrder(IntStream.range(0, 8).toArray()));
      mixed += drawn.isPresent() ? 1 : 0;
    }
    assertThat(mixed).isBetween(205, 295); // 250, three deviations
  }

  private static Mixture mixture(JsonNode kase) {
    double drawn = kase.path("drawn").asDouble();
    int[] centre = GoldenFile.ints(kase.path("centre"));
    return kase.path("type").asText().equals("mixup")
        ? new Mixture.Blend(PARTNERS, drawn)
        : Mixture.Patch.of(PARTNERS, drawn, centre[0], centre[1], SIDE);
  }

  private static NDArray pixels(NDManager manager) {
    try {
      byte[] images = GOLDEN.path("images").binaryValue();
      ByteBuffer buffer = Tensors.alignedBuffer(384).put(images).flip(); // whole lines of 64
      return Tensors.bytes(manager, buffer, LABELS.length, SIDE, SIDE, 3);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
