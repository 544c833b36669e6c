package dev.supcon.runner.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.supcon.contract.spec.LinearSpec;
import dev.supcon.runner.data.EpochOrder;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptArchive;
import dev.supcon.runner.torchscript.ScriptModule;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Trains linear classifiers on frozen features by SGD and cross-entropy, one for each candidate
 * learning rate, all of them in the same pass over the data.
 *
 * <p>Recipe of HobbitLong/SupContrast, main_linear.py: momentum by PyTorch's rule, the rate times
 * 0.2 after 60, 75 and 90 % of the epochs, the last batch of an epoch may be smaller. Deviations:
 * features come from unaugmented images, so that they are computed once, and weights start at 0,
 * which in a convex problem needs no luck.
 */
public final class LinearHead implements AutoCloseable {
  private static final double DECAY = 0.2;
  private static final int[] DECAY_PERCENT = {60, 75, 90};

  /** Batches of a call: a second or so where features are wide and classes many. */
  private static final int BATCHES_PER_CALL = 16;

  /** R candidates of C classes stand below each other: weights [R C, F], one product for all. */
  private static final String SCRIPT =
      """
      def learn(self, x: Tensor, y: Tensor, order: Tensor, state: List[Tensor], rate: Tensor, batch: int, momentum: float, decay: float) -> Tensor:
        w, b, vw, vb = state
        r = torch.size(rate, 0)
        rows = torch.size(w, 0)
        c = torch.floordiv(rows, r)
        by_row = torch.unsqueeze(torch.repeat_interleave(rate, c), 1)
        n = torch.size(order, 0)
        for i in range(torch.floordiv(n + batch - 1, batch)):
          at = torch.slice(order, 0, i * batch, (i + 1) * batch)
          xb = torch.index_select(x, 0, at)
          m = torch.size(xb, 0)
          own = torch.expand(torch.reshape(torch.index_select(y, 0, at), [m, 1, 1]), [m, r, 1])
          logits = torch.addmm(b, xb, torch.t(w))
          p = torch.softmax(torch.reshape(logits, [m, r, c]), 2)
          torch.scatter_add_(p, 2, own, torch.full_like(torch.slice(p, 2, 0, 1), -1.))
          g = torch.div_(torch.reshape(p, [m, rows]), float(m))
          torch.add_(torch.add_(torch.mul_(vw, momentum), torch.mm(torch.t(g), xb)), w, alpha=decay)
          torch.add_(torch.add_(torch.mul_(vb, momentum), torch.sum(g, [0])), b, alpha=decay)
          torch.sub_(w, torch.mul(vw, by_row))
          torch.sub_(b, torch.mul(vb, torch.squeeze(by_row, 1)))
        return w
      """;

  private final LinearSpec spec;
  private final int classes;
  private final int width;
  private final NDManager manager = TorchEngine.newManager();
  private final ScriptModule script = ScriptModule.load(manager, ScriptArchive.of(SCRIPT));
  private final NDArray x;
  private final NDArray y;
  private final List<NDArray> state; // w [R C, F], b [R C], and their momenta

  public LinearHead(LinearSpec spec, Features train, int classes) {
    this.spec = spec;
    this.classes = classes;
    this.width = train.width();
    this.x = train.array(manager);
    this.y = train.labelArray(manager);
    long rows = (long) spec.learningRates().size() * classes;
    this.state = List.of(zeros(rows, width), zeros(rows), zeros(rows, width), zeros(rows));
  }

  private NDArray zeros(long... shape) {
    return manager.zeros(new Shape(shape), DataType.FLOAT32);
  }

  /**
   * Trains all candidates; their order of samples is the seed's.
   *
   * @param epochsDone told now and then, and after each epoch; may end the work by an exception
   * @return one classifier for each learning rate, in the spec's order
   */
  public List<LinearClassifier> train(long seed, IntConsumer epochsDone) {
    int rows = (int) x.getShape().get(0);
    int rowsPerCall = BATCHES_PER_CALL * spec.batchSize();
    for (int epoch = 0; epoch < spec.epochs(); epoch++) {
      int[] order = EpochOrder.of(seed, epoch, rows);
      for (int from = 0; from < rows; from += rowsPerCall) {
        int to = Math.min(rows, from + rowsPerCall);
        learn(epoch, Arrays.stream(order, from, to).asLongStream().toArray());
        epochsDone.accept(to < rows ? epoch : epoch + 1);
      }
    }
    float[] weights = state.get(0).toFloatArray();
    float[] bias = state.get(1).toFloatArray();
    return IntStream.range(0, spec.learningRates().size())
        .mapToObj(candidate -> classifier(weights, bias, candidate))
        .toList();
  }

  /** Goes through these rows, in batches. */
  private void learn(int epoch, long[] rows) {
    float[] rates = new float[spec.learningRates().size()];
    for (int r = 0; r < rates.length; r++) {
      rates[r] = (float) (spec.learningRates().get(r) * factor(epoch, spec.epochs()));
    }
    try (NDManager step = manager.newSubManager()) {
      script.infer(
          step,
          "learn",
          Argument.of(x),
          Argument.of(y),
          Argument.of(Tensors.longs(step, rows, rows.length)),
          Argument.of(state),
          Argument.of(Tensors.floats(step, rates, rates.length)),
          Argument.of((long) spec.batchSize()),
          Argument.of(spec.momentum().doubleValue()),
          Argument.of(spec.weightDecay().doubleValue()));
    }
  }

  /** What the learning rate of an epoch, counted from 0, is multiplied by. */
  static double factor(int epoch, int epochs) {
    double factor = 1;
    for (int percent : DECAY_PERCENT) {
      factor *= 100L * epoch >= (long) percent * epochs ? DECAY : 1;
    }
    return factor;
  }

  private LinearClassifier classifier(float[] weights, float[] bias, int candidate) {
    int from = candidate * classes;
    return new LinearClassifier(
        Arrays.copyOfRange(weights, from * width, (from + classes) * width),
        Arrays.copyOfRange(bias, from, from + classes),
        1);
  }

  @Override
  public void close() {
    script.close();
    manager.close();
  }
}
