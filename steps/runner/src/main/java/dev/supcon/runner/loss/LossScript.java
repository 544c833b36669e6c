package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
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

  /** The gradient belongs to {@code owner}. */
  LossGradient run(NDManager owner, String function, Argument... arguments) {
    NDList result = script.infer(owner, function, arguments);
    try (NDArray loss = result.get(0)) {
      return new LossGradient(loss.getDouble(), result.get(1));
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
