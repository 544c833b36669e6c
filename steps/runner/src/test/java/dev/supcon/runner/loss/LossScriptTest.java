package dev.supcon.runner.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptArchive;
import dev.supcon.runner.torchscript.ScriptModule;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a network computes in, a loss is computed in fp32 or better. */
final class LossScriptTest {
  private static final int[] LABELS = {0, 0, 1, 1};
  private static final LossSpec SPEC = LossSpec.with(LossType.SUP_CON, 0.1, LossScale.NONE);

  private final NDManager manager = TorchEngine.newManager();
  private final NDArray rows =
      Tensors.floats(manager, new float[] {1, 0, 0, 1, -1, 0, 0, -1}, 4, 2);

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void rowsOfBf16AreRefused() {
    String half =
        """
        def half(self, z: Tensor) -> Tensor:
          return torch.to(z, 15)
        """;
    try (ScriptModule script = ScriptModule.load(manager, ScriptArchive.of(half));
        SupConLoss loss = new SupConLoss(SPEC)) {
      NDArray bf16 = script.infer(manager, "half", Argument.of(rows)).singletonOrThrow();

      assertThatThrownBy(() -> loss.of(bf16, LABELS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "a loss takes rows of fp32 or fp64, not of bf16; let the network put out fp32");
    }
  }

  @Test
  void rowsOfFp16AreRefusedByEveryLoss() {
    NDArray fp16 = rows.toType(DataType.FLOAT16, true);
    try (QueueLoss queue = new QueueLoss(SPEC);
        CrossEntropyLoss entropy = new CrossEntropyLoss(0)) {
      NDArray labels = Tensors.longs(manager, LABELS);

      assertThatThrownBy(() -> queue.of(fp16, fp16, labels, labels))
          .hasMessageContaining("not of float16");
      assertThatThrownBy(() -> entropy.of(fp16, LABELS)).hasMessageContaining("not of float16");
    }
  }

  @Test
  void theGradientIsOfTheRowsType() {
    try (SupConLoss loss = new SupConLoss(SPEC)) {
      assertThat(loss.of(rows, LABELS).gradient().getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(loss.of(rows.toType(DataType.FLOAT64, true), LABELS).gradient().getDataType())
          .isEqualTo(DataType.FLOAT64);
    }
  }
}
