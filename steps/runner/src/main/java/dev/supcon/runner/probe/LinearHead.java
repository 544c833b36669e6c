package dev.supcon.runner.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.supcon.contract.spec.LinearSpec;
import dev.supcon.contract.spec.ScheduleSpec;
import dev.supcon.runner.data.EpochOrder;
import dev.supcon.runner.optim.Schedule;
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
 * Trains linear classifiers on frozen features by cross-entropy, one for each candidate learning
 * rate, all of them in the same pass over the data.
 *
 * <p>Default, the recipe of HobbitLong/SupContrast, main_linear.py: momentum by PyTorch's rule, the
 * rate times 0.2 after 60, 75 and 90 % of the epochs, the last batch of an epoch may be smaller.
 * Deviations: features come from unaugmented images, so that they are computed once, and weights
 * start at 0, which in a convex problem needs no luck.
 */
public final class LinearHead implements AutoCloseable {
  private static final double DECAY = 0.2;
  private static final int[] DECAY_PERCENT = {60, 75, 90};

  /** Batches of a call: a second or so where features are wide and classes many. */
  private static final int BATCHES_PER_CALL = 16;

  /**
   * R candidates of C classes stand below each other: weights [R C, F], one product for all. Rates
   * are [batches, R].
   */
  private static final String SCRIPT =
      """
      def learn(self, x: Tensor, y: Tensor, order: Tensor, state: List[Tensor], rates: Tensor, batch: int, smoothing: float, decay: float, momentum: float, a: float, epsilon: float) -> Tensor:
        w, b, vw, vb, sw, sb = state
        r = torch.size(rates, 1)
        rows = torch.size(w, 0)
        c = torch.floordiv(rows, r)
        n = torch.size(order, 0)
        for i in range(torch.floordiv(n + batch - 1, batch)):
          by_row = torch.unsqueeze(torch.repeat_interleave(torch.select(rates, 0, i), c), 1)
          at = torch.slice(order, 0, i * batch, (i + 1) * batch)
          xb = torch.index_select(x, 0, at)
          m = torch.size(xb, 0)
          own = torch.expand(torch.reshape(torch.index_select(y, 0, at), [m, 1, 1]), [m, r, 1])
          logits = torch.addmm(b, xb, torch.t(w))
          p = torch.softmax(torch.reshape(logits, [m, r, c]), 2)
          torch.scatter_add_(p, 2, own, torch.full_like(torch.slice(p, 2, 0, 1), smoothing - 1.))
          torch.sub_(p, smoothing / float(c))
          g = torch.div_(torch.reshape(p, [m, rows]), float(m))
          _0 = (self).update(w, torch.mm(torch.t(g), xb), vw, sw, by_row, r, decay, momentum, a, epsilon, )
          _1 = (self).update(b, torch.sum(g, [0]), vb, sb, torch.squeeze(by_row, 1), r, decay, momentum, a, epsilon, )
        return w
      """;

  private final LinearSpec spec;
  private final int classes;
  private final int width;
  private final NDManager manager = TorchEngine.newManager();
  private final int batchesPerEpoch;
  private final List<Schedule> schedules; // of the candidates
  private final LinearUpdate update;
  private final ScriptModule script;
  private final NDArray x;
  private final NDArray y;
  private final List<NDArray> state; // w [R C, F], b [R C], their momenta and mean squares

  public LinearHead(LinearSpec spec, Features train, int classes) {
    this.spec = spec;
    this.classes = classes;
    this.width = train.width();
    this.batchesPerEpoch = Math.ceilDiv(train.size(), spec.batchSize());
    this.schedules =
        spec.learningRates().stream().map(rate -> schedule(spec, rate, batchesPerEpoch)).toList();
    this.update = LinearUpdate.of(spec.optimizer());
    this.script = ScriptModule.load(manager, ScriptArchive.of(SCRIPT, update.script()));
    this.x = (spec.normalizeInput() ? train.unitRows() : train).array(manager);
    this.y = train.labelArray(manager);
    long rows = (long) spec.learningRates().size() * classes;
    this.state =
        List.of(
            zeros(rows, width),
            zeros(rows),
            zeros(rows, width),
            zeros(rows),
            squares(rows, width),
            squares(rows));
  }

  /** TensorFlow's start at 1. */
  private NDArray squares(long... shape) {
    return zeros(update.squares() ? shape : new long[] {1}).addi(1);
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
        learn(epoch, from, Arrays.stream(order, from, to).asLongStream().toArray());
        epochsDone.accept(to < rows ? epoch : epoch + 1);
      }
    }
    float[] weights = state.get(0).toFloatArray();
    float[] bias = state.get(1).toFloatArray();
    return IntStream.range(0, spec.learningRates().size())
        .mapToObj(candidate -> classifier(weights, bias, candidate))
        .toList();
  }

  /** Goes through these rows, in batches; the first of them is the epoch's so-many-th. */
  private void learn(int epoch, int from, long[] rows) {
    long step = (long) epoch * batchesPerEpoch + from / spec.batchSize();
    int batches = Math.ceilDiv(rows.length, spec.batchSize());
    int candidates = schedules.size();
    float[] rates = new float[batches * candidates];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = (float) schedules.get(i % candidates).at(step + i / candidates);
    }
    try (NDManager call = manager.newSubManager()) {
      script.infer(
          call,
          "learn",
          Argument.of(x),
          Argument.of(y),
          Argument.of(Tensors.longs(call, rows, rows.length)),
          Argument.of(state),
          Argument.of(Tensors.floats(call, rates, batches, candidates)),
          Argument.of((long) spec.batchSize()),
          Argument.of(spec.labelSmoothing().doubleValue()),
          Argument.of(spec.weightDecay().doubleValue()),
          Argument.of(spec.momentum().doubleValue()),
          Argument.of(update.a()),
          Argument.of(update.epsilon()));
    }
  }

  /** As written, else the authors' steps. */
  static Schedule schedule(LinearSpec spec, double peak, int batchesPerEpoch) {
    int epochs = spec.epochs();
    ScheduleSpec written = spec.schedule();
    List<Integer> decayEpochs =
        Arrays.stream(DECAY_PERCENT)
            .mapToObj(percent -> Math.ceilDiv(percent * epochs, 100))
            .toList();
    return new Schedule(
        written == null ? ScheduleSpec.steps(decayEpochs, DECAY) : written,
        peak,
        Schedule.Length.of(batchesPerEpoch, spec.warmupEpochs(), epochs));
  }

  private LinearClassifier classifier(float[] weights, float[] bias, int candidate) {
    int from = candidate * classes;
    return new LinearClassifier(
        Arrays.copyOfRange(weights, from * width, (from + classes) * width),
        Arrays.copyOfRange(bias, from, from + classes),
        1,
        spec.normalizeInput());
  }

  @Override
  public void close() {
    script.close();
    manager.close();
  }
}
