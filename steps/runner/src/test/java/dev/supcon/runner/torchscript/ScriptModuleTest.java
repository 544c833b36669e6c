package dev.supcon.runner.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptModuleTest {
  private static final ScriptArchive ARCHIVE =
      ScriptArchive.of(
          """
          def dot(self, x: Tensor, weights: List[Tensor]) -> Tensor:
            y = torch.mul(x, weights[0])
            return torch.sum(torch.add(y, weights[1]))
          """,
          """
          def low(self, x: Tensor) -> Tensor:
            return torch.to(x, 15)
          """,
          """
          def widen(self, x: Tensor) -> Tensor:
            return torch.to(x, 6)
          """,
          """
          def step(self, weights: List[Tensor], rate: float, power: int) -> Tuple[Tensor, Tensor]:
            for i in range(torch.len(weights)):
              _ = torch.mul_(weights[i], torch.pow(rate, power))
            return (weights[0], weights[1])
          """);

  private NDManager manager;
  private ScriptModule module;

  @BeforeEach
  void load() {
    manager = TorchEngine.newManager();
    module = ScriptModule.load(manager, ARCHIVE);
  }

  @AfterEach
  void close() {
    module.close();
    manager.close();
  }

  @Test
  void theSameTextGivesTheSameBytes() {
    assertThat(ARCHIVE.bytes()).isEqualTo(new ScriptArchive(ARCHIVE.functions()).bytes());
  }

  @Test
  void recordedCallsGiveGradientsForAnySeed() {
    NDArray x = floats(1, 2, 3);
    NDArray weight = floats(4, 5, 6);
    NDArray bias = floats(0, 0, 0);
    weight.setRequiresGradient(true);
    NDArray dot =
        module
            .record(manager, "dot", Argument.of(x), Argument.of(new NDList(weight, bias)))
            .singletonOrThrow();
    ScriptModule.backward(dot, manager.create(2f));
    assertThat(dot.toFloatArray()).containsExactly(32);
    assertThat(weight.getGradient().toFloatArray()).containsExactly(2, 4, 6);
  }

  @Test
  void inferenceTakesNumbersAndChangesInPlace() {
    NDArray first = floats(1, 2);
    NDArray second = floats(3);
    first.setRequiresGradient(true);
    NDList result =
        module.infer(
            manager,
            "step",
            Argument.of(new NDList(first, second)),
            Argument.of(0.5),
            Argument.of(2L));
    assertThat(result.get(0).toFloatArray()).containsExactly(0.25f, 0.5f);
    assertThat(second.toFloatArray()).containsExactly(0.75f);
  }

  @Test
  void plainCallsMakeOrdinaryTensorsAndRecordNothing() {
    NDArray weight = floats(1, 2);
    weight.setRequiresGradient(true);
    NDList result =
        module.call(
            manager,
            "dot",
            Argument.of(weight),
            Argument.of(new NDList(floats(1, 1), floats(0, 0))));
    assertThat(result.singletonOrThrow().hasGradient()).isFalse();
  }

  @Test
  void anArrayStandsOnceInACall() {
    NDArray twice = floats(1);
    assertThatThrownBy(
            () ->
                module.call(
                    manager, "dot", Argument.of(twice), Argument.of(new NDList(twice, twice))))
        .hasMessageContaining("twice");
  }

  @Test
  void bfloat16LivesInsideScriptsOnly() {
    NDArray low = module.infer(manager, "low", Argument.of(floats(1.001f))).singletonOrThrow();
    assertThat(low.getDataType()).isEqualTo(DataType.UNKNOWN);
    NDArray wide = module.infer(manager, "widen", Argument.of(low)).singletonOrThrow();
    assertThat(wide.toFloatArray()).containsExactly(1.0f);
    assertThatThrownBy(() -> Tensors.supported(DataType.BFLOAT16))
        .hasMessageContaining("inside a script");
  }

  @Test
  void pixelsMustBeAligned() {
    ByteBuffer aligned = Tensors.alignedBuffer(128);
    aligned.put(3, (byte) 200);
    assertThat(aligned.capacity()).isEqualTo(128);
    assertThat(Tensors.bytes(manager, aligned, 128).getUint8(3)).isEqualTo(200);
    assertThatThrownBy(() -> Tensors.bytes(manager, aligned.slice(1, 64), 64))
        .hasMessageContaining("aligned");
  }

  @Test
  void aFaultInTheTextIsToldWhenLoading() {
    ScriptArchive wrong = ScriptArchive.of("def f(self, x: Tensor) -> Tensor:\n  return nope(x)");
    assertThatThrownBy(() -> ScriptModule.load(manager, wrong)).hasMessageContaining("nope");
  }

  private NDArray floats(float... values) {
    return Tensors.floats(manager, values, values.length);
  }
}
