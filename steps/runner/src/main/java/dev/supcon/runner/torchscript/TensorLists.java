package dev.supcon.runner.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * What is done to the tensors of a list, or of two, pair by pair; the pairs' devices may differ.
 */
public final class TensorLists implements AutoCloseable {
  private static final String SCRIPT =
      """
      def copy(self, to: List[Tensor], of: List[Tensor]) -> Tensor:
        torch._foreach_copy_(to, of)
        return to[0]

      def move(self, into: List[Tensor], other: List[Tensor]) -> Tensor:
        for i in range(torch.len(into)):
          _0 = torch.add_(into[i], torch.to(other[i], into[i]))
          _1 = torch.zero_(other[i])
        return into[0]
      """;

  private final NDManager manager;
  private final ScriptModule script;

  /**
   * @param manager stays its owner's
   */
  public TensorLists(NDManager manager) {
    this.manager = manager;
    this.script = ScriptModule.load(manager, ScriptArchive.of(SCRIPT));
  }

  /** Makes the first the second, bit for bit. */
  public void copy(List<NDArray> to, List<NDArray> of) {
    call("copy", to, of);
  }

  /** Adds the second to the first, and sets it to 0. */
  public void move(List<NDArray> into, List<NDArray> other) {
    call("move", into, other);
  }

  private void call(String function, List<NDArray> first, List<NDArray> second) {
    script.infer(manager, function, Argument.of(first), Argument.of(second)).close();
  }

  @Override
  public void close() {
    script.close();
  }
}
