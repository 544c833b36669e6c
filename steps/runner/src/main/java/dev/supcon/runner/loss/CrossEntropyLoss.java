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

/**
 * Softmax cross-entropy, the mean over rows: L = 1/M sum_i ( log sum_c exp x_ic - x_iy ), gradient
 * dL/dx_ic = (softmax(x_i)_c - 1[c = y_i]) / M.
 */
public final class CrossEntropyLoss implements AutoCloseable {
  private static final String SCRIPT =
      """
      def of(self, x: Tensor, y: Tensor) -> Tuple[Tensor, Tensor]:
        m = torch.size(x, 0)
        log_p = torch.log_softmax(x, 1)
        at = torch.unsqueeze(y, 1)
        loss = torch.neg(torch.mean(torch.to(torch.gather(log_p, 1, at), 7)))
        g = torch.exp_(log_p)
        torch.scatter_add_(g, 1, at, torch.full_like(torch.slice(g, 1, 0, 1), -1.))
        return (loss, torch.div_(g, float(m)))
      """;

  private final NDManager manager = TorchEngine.newManager();
  private final ScriptModule script = ScriptModule.load(manager, ScriptArchive.of(SCRIPT));

  /**
   * Loss and gradient of a batch.
   *
   * @param logits fp32 or fp64 [M, C]
   * @param labels of the M rows, in 0 … C-1
   */
  public LossGradient of(NDArray logits, int[] labels) {
    NDManager owner = logits.getManager();
    long[] indices = Arrays.stream(labels).asLongStream().toArray();
    try (NDArray classes = Tensors.longs(owner, indices, labels.length)) {
      NDList result = script.infer(owner, "of", Argument.of(logits), Argument.of(classes));
      try (NDArray loss = result.get(0)) {
        return new LossGradient(loss.getDouble(), result.get(1));
      }
    }
  }

  @Override
  public void close() {
    script.close();
    manager.close();
  }
}
