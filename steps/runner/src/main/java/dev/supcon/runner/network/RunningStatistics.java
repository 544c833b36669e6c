package dev.supcon.runner.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.torchscript.TensorLists;
import java.util.List;

/**
 * The running statistics of batch normalisation as they were at a moment: every forward pass of
 * training changes them, also that of a batch from which nothing is learnt.
 */
public final class RunningStatistics implements AutoCloseable {
  private final NDManager manager;
  private final TensorLists lists;
  private final List<NDArray> live;
  private final List<NDArray> kept;

  /**
   * @param networks one or more
   */
  public RunningStatistics(List<Network> networks, NDManager parent) {
    this.manager = parent.newSubManager();
    this.lists = new TensorLists(manager);
    this.live =
        networks.stream()
            .flatMap(network -> network.buffers().stream())
            .map(Network.Tensor::value)
            .toList();
    this.kept =
        live.stream()
            .map(values -> manager.zeros(values.getShape(), values.getDataType()))
            .toList();
  }

  /** Remembers them as they are. */
  public void keep() {
    lists.copy(kept, live);
  }

  /** Makes them what they were when they were kept last, bit for bit. */
  public void restore() {
    lists.copy(live, kept);
  }

  @Override
  public void close() {
    lists.close();
    manager.close();
  }
}
