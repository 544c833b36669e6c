package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptArchive;
import dev.supcon.runner.torchscript.ScriptModule;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;
import java.util.stream.Stream;

/** Functions of TorchScript that give a loss and its gradient by their first argument. */
final class LossScript implements AutoCloseable {
  private final NDManager manager = TorchEngine.newManager();
  private final ScriptModule script;

  LossScript(String... functions) {
    script = ScriptModule.load(manager, ScriptArchive.of(functions));
  }

  /** What its tensors that stay are made by. */
  NDManager manager() {
    return manager;
  }

  /**
   * The gradient belongs to {@code owner}.
   *
   * @throws IllegalArgumentException when the rows, the first argument, are of fewer digits than
   *     fp32: what bf16 drops of a cosine is divided by the temperature
   */
  LossGradient run(NDManager owner, String function, Argument... arguments) {
    if (arguments[0] instanceof Argument.Single rows) {
      refuseHalf(rows.array().getDataType());
    }
    NDList result = script.infer(owner, function, arguments);
    try (NDArray loss = result.get(0)) {
      return new LossGradient(loss.getDouble(), result.get(1));
    }
  }

  private static void refuseHalf(DataType type) {
    if (type != DataType.FLOAT32 && type != DataType.FLOAT64) {
      throw new IllegalArgumentException(
          "a loss takes rows of fp32 or fp64, not of %s; let the network put out fp32"
              .formatted(type == DataType.UNKNOWN ? "bf16" : type)); // as DJL calls bf16
    }
  }

  /**
   * The same of a batch.
   *
   * @param labels of the output's rows, the function's second argument
   * @param more the others
   */
  LossGradient run(String function, NDArray output, int[] labels, Argument... more) {
    NDManager owner = output.getManager();
    try (NDArray classes = Tensors.longs(owner, labels)) {
      Stream<Argument> batch = Stream.of(Argument.of(output), Argument.of(classes));
      return run(
          owner, function, Stream.concat(batch, Arrays.stream(more)).toArray(Argument[]::new));
    }
  }

  @Override
  public void close() {
    script.close();
    manager.close();
  }
}
