package dev.supcon.runner.network;

/**
 * Those operations that have no parameter, as TorchScript in whatever arithmetic their values have.
 */
public interface TorchOperations extends Operations {

  /**
   * Writes a line.
   *
   * @return the name of its value
   */
  String assign(String expression);

  /** In place: what comes before it keeps its input, not its output, for the way back. */
  @Override
  default String relu(String x) {
    return assign("torch.relu_(" + x + ")");
  }

  @Override
  default String sum(String x, String shortcut) {
    return assign("torch.add_(%s, %s)".formatted(x, shortcut));
  }

  @Override
  default String maxPool(String x) {
    return assign("torch.max_pool2d(%s, [3, 3], [2, 2], [1, 1], [1, 1], False)".formatted(x));
  }

  /** Rounding up adds what an even side lacks at its end; an odd one lacks one on each. */
  @Override
  default String samePool(String x) {
    String lacking = "torch.remainder(torch.size(%s, %d), 2)";
    return assign(
        "torch.max_pool2d(%s, [3, 3], [2, 2], [%s, %s], [1, 1], True)"
            .formatted(x, lacking.formatted(x, 2), lacking.formatted(x, 3)));
  }

  @Override
  default String unitRows(String x) {
    String length = assign("torch.linalg_vector_norm(%s, 2, [1], True)".formatted(x));
    return assign("torch.div(%s, torch.clamp_min(%s, 1.0e-12))".formatted(x, length));
  }
}
