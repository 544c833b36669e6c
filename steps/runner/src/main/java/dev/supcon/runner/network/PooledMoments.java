package dev.supcon.runner.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.supcon.runner.network.TensorSpec.Role;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptArchive;
import dev.supcon.runner.torchscript.ScriptModule;
import java.util.List;

/**
 * One update of the running statistics for a batch that goes through a network in chunks of equal
 * size: by mean and unbiased variance of all its values, as if they had gone through together.
 * Within a chunk its own moments normalise (ghost batch normalisation, Hoffer et al. 2017).
 */
public final class PooledMoments implements AutoCloseable {
  /**
   * The running statistics are 0 before a chunk, so that its forward pass leaves a tenth of its
   * moments there: see {@link ForwardText}'s momentum.
   */
  private static final String SCRIPT =
      """
      def begin(self, m: List[Tensor], v: List[Tensor], before_m: List[Tensor], before_v: List[Tensor], sums: List[Tensor]) -> Tensor:
        for i in range(torch.len(m)):
          _0 = torch.copy_(before_m[i], m[i])
          _1 = torch.copy_(before_v[i], v[i])
          _2 = torch.zero_(m[i])
          _3 = torch.zero_(v[i])
          _4 = torch.zero_(sums[i])
        return m[0]

      def add(self, m: List[Tensor], v: List[Tensor], sums: List[Tensor]) -> Tensor:
        for i in range(torch.len(m)):
          mean = torch.mul(torch.to(m[i], 7), 10.)
          _0 = torch.add_(torch.select(sums[i], 0, 0), mean)
          _1 = torch.add_(torch.select(sums[i], 0, 1), torch.mul(mean, mean))
          _2 = torch.add_(torch.select(sums[i], 0, 2), torch.mul(torch.to(v[i], 7), 10.))
          _3 = torch.zero_(m[i])
          _4 = torch.zero_(v[i])
        return m[0]

      def take(self, sums: List[Tensor], other: List[Tensor]) -> Tensor:
        for i in range(torch.len(sums)):
          _0 = torch.add_(sums[i], torch.to(other[i], sums[i]))
        return sums[0]

      def settle(self, m: List[Tensor], v: List[Tensor], before_m: List[Tensor], before_v: List[Tensor], sums: List[Tensor], sizes: Tensor, chunks: int) -> Tensor:
        for i in range(torch.len(m)):
          n = torch.select(sizes, 0, i)
          mean = torch.div(torch.select(sums[i], 0, 0), float(chunks))
          between = torch.sub(torch.select(sums[i], 0, 1), torch.mul(torch.mul(mean, mean), float(chunks)))
          within = torch.mul(torch.select(sums[i], 0, 2), torch.sub(n, 1.))
          all = torch.sub(torch.mul(n, float(chunks)), 1.)
          variance = torch.div(torch.add(within, torch.mul(between, n)), all)
          _0 = torch.copy_(m[i], torch.add(torch.mul(before_m[i], 0.90000000000000002), torch.mul(mean, 0.10000000000000001)))
          _1 = torch.copy_(v[i], torch.add(torch.mul(before_v[i], 0.90000000000000002), torch.mul(variance, 0.10000000000000001)))
        return m[0]
      """;

  private final NetworkSpec spec;
  private final NDManager manager;
  private final ScriptModule script;
  private final List<NDArray> means;
  private final List<NDArray> variances;
  private final List<NDArray> meansBefore;
  private final List<NDArray> variancesBefore;
  private final List<NDArray> sums; // fp64 [3, C]: of the means, of their squares, of the variances

  public PooledMoments(Network network, NDManager parent) {
    this.spec = network.spec();
    this.manager = parent.newSubManager();
    this.script = ScriptModule.load(manager, ScriptArchive.of(SCRIPT));
    this.means = of(network, Role.RUNNING_MEAN);
    this.variances = of(network, Role.RUNNING_VARIANCE);
    this.meansBefore = means.stream().map(this::like).toList();
    this.variancesBefore = variances.stream().map(this::like).toList();
    this.sums =
        means.stream()
            .map(mean -> manager.zeros(new Shape(3, mean.size()), DataType.FLOAT64))
            .toList();
  }

  private NDArray like(NDArray values) {
    return manager.zeros(values.getShape(), values.getDataType());
  }

  private static List<NDArray> of(Network network, Role role) {
    return network.buffers().stream()
        .filter(buffer -> buffer.spec().role() == role)
        .map(Network.Tensor::value)
        .toList();
  }

  /** Before the first chunk. */
  public void begin() {
    call(
        "begin",
        Argument.of(means),
        Argument.of(variances),
        Argument.of(meansBefore),
        Argument.of(variancesBefore),
        Argument.of(sums));
  }

  /** After each chunk's forward pass, and not before its backward pass. */
  public void add() {
    call("add", Argument.of(means), Argument.of(variances), Argument.of(sums));
  }

  /** Counts the chunks of another device's copy of the network, too. */
  public void take(PooledMoments other) {
    call("take", Argument.of(sums), Argument.of(other.sums));
  }

  /**
   * After the last one.
   *
   * @param chunks how many there were
   * @param rows of a chunk
   * @param side of the images
   */
  public void settle(int chunks, long rows, long side) {
    double[] sizes =
        NormPlaces.of(spec.encoder(), side).stream().mapToDouble(places -> places * rows).toArray();
    try (NDArray counts = manager.create(sizes)) {
      call(
          "settle",
          Argument.of(means),
          Argument.of(variances),
          Argument.of(meansBefore),
          Argument.of(variancesBefore),
          Argument.of(sums),
          Argument.of(counts),
          Argument.of((long) chunks));
    }
  }

  private void call(String function, Argument... arguments) {
    script.infer(manager, function, arguments).close();
  }

  @Override
  public void close() {
    script.close();
    manager.close();
  }
}
