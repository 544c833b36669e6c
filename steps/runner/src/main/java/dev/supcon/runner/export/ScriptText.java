package dev.supcon.runner.export;

import dev.supcon.runner.network.TorchOperations;
import dev.supcon.runner.torchscript.ModuleArchive;

/** Inference in fp32 as TorchScript, on tensors of the module itself. */
final class ScriptText implements TorchOperations {
  private final StringBuilder lines = new StringBuilder();
  private int values;

  @Override
  public String convolution(String name, String x, Shape shape) {
    String pair = "[%d, %d]";
    return assign(
        "torch.conv2d(%s, %s, None, %s, %s, [1, 1], 1)"
            .formatted(
                x,
                tensor(name, "weight"),
                pair.formatted(shape.stride(), shape.stride()),
                pair.formatted(shape.padding(), shape.padding())));
  }

  @Override
  public String normalisation(String name, String x, long channels) {
    return assign(
        "torch.batch_norm(%s, %s, %s, %s, %s, False, 0.1, 1.0000000000000001e-05, True)"
            .formatted(
                x,
                tensor(name, "weight"),
                tensor(name, "bias"),
                tensor(name, "running_mean"),
                tensor(name, "running_var")));
  }

  @Override
  public String averagePool(String x) {
    return assign("torch.mean(" + x + ", [2, 3], False)");
  }

  @Override
  public String linear(String name, String x, long in, long out) {
    return assign(
        "torch.linear(%s, %s, %s)".formatted(x, tensor(name, "weight"), tensor(name, "bias")));
  }

  /** The whole function of one tensor. */
  String function(String name, String argument, String result) {
    return "def %s(self, %s: Tensor) -> Tensor:\n%s  return %s\n"
        .formatted(name, argument, lines, result);
  }

  private static String tensor(String name, String part) {
    return ModuleArchive.read(name + "." + part);
  }

  @Override
  public String assign(String expression) {
    String value = "x" + values++;
    lines.append("  ").append(value).append(" = ").append(expression).append('\n');
    return value;
  }
}
