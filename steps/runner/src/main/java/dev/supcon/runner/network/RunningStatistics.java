package dev.supcon.runner.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptArchive;
import dev.supcon.runner.torchscript.ScriptModule;
import java.util.List;

/**
 * The running statistics of batch normalisation as they were at a moment: every forward pass of
 * training changes them, also that of a batch from which nothing is learnt.
 */
public final class RunningStatistics implements AutoCloseable {
  private static final String SCRIPT =
      """
      def copy(self, to: List[Tensor], of: List[Tensor]) -> Tensor:
        torch._foreach_copy_(to, of)
        return to[0]
      """;

  private final NDManager manager;
  private final ScriptModule script;
  private final List<NDArray> live;
  private final List<NDArray> kept;

  /**
   * @param networks one or more
   */
  public RunningStatistics(List<Network> networks, NDManager parent) {
    this.manager = parent.newSubManager();
    this.script = ScriptModule.load(manager, ScriptArchive.of(SCRIPT));
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
    copy(kept, live);
  }

  /** Makes them what they were when they were kept last, bit for bit. */
  public void restore() {
    copy(live, kept);
  }

  private void copy(List<NDArray> to, List<NDArray> of) {
    script.infer(manager, "copy", Argument.of(to), Argument.of(of)).close();
  }

  @Override
  public void close() {
    script.close();
    manager.close();
  }
}
