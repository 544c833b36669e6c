package dev.supcon.runner.export;

import dev.supcon.runner.network.Operations;
import dev.supcon.runner.torchscript.ModuleArchive;

/** Inference in fp32 as TorchScript, on tensors of the module itself. */
final class ScriptText implements Operations {
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
  public String relu(String x) {
    return assign("torch.relu_(" + x + ")");
  }

  @Override
  public String sum(String x, String shortcut) {
    return assign("torch.add_(%s, %s)".formatted(x, shortcut));
  }

  @Override
  public String maxPool(String x) {
    return assign("torch.max_pool2d(%s, [3, 3], [2, 2], [1, 1], [1, 1], False)".formatted(x));
  }

  /** Rounding up adds what an even side lacks at its end; an odd one lacks one on each. */
  @Override
  public String samePool(String x) {
    String lacking = "torch.remainder(torch.size(%s, %d), 2)";
    return assign(
        "torch.max_pool2d(%s, [3, 3], [2, 2], [%s, %s], [1, 1], True)"
            .formatted(x, lacking.formatted(x, 2), lacking.formatted(x, 3)));
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

  @Override
  public String unitRows(String x) {
    String length = assign("torch.linalg_vector_norm(%s, 2, [1], True)".formatted(x));
    return assign("torch.div(%s, torch.clamp_min(%s, 1.0e-12))".formatted(x, length));
  }

  /** The whole function of one tensor. */
  String function(String name, String argument, String result) {
    return "def %s(self, %s: Tensor) -> Tensor:\n%s  return %s\n"
        .formatted(name, argument, lines, result);
  }

  private static String tensor(String name, String part) {
    return ModuleArchive.read(name + "." + part);
  }

  private String assign(String expression) {
    String value = "x" + values++;
    lines.append("  ").append(value).append(" = ").append(expression).append('\n');
    return value;
  }
}
