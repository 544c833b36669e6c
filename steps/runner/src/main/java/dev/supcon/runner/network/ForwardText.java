package dev.supcon.runner.network;

import dev.supcon.contract.spec.Precision;
import dev.supcon.runner.network.TensorSpec.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a forward pass as TorchScript, a line an operation, and lists the tensors that it takes.
 *
 * <p>Values are named {@code x0, x1, …}. Weights are cast where they are used: {@code torch.to(p,
 * 15)} is bfloat16 (6 is fp32, 7 fp64), memory format 2 is channels_last.
 */
final class ForwardText implements TorchOperations {
  private static final String MOMENTUM = "0.10000000000000001";
  private static final String EPSILON = "1.0000000000000001e-05";

  private final boolean training;
  private final int narrow;
  private final int wide;
  private final StringBuilder lines = new StringBuilder();
  private final List<TensorSpec> parameters = new ArrayList<>();
  private final List<TensorSpec> buffers = new ArrayList<>();
  private int values;

  ForwardText(boolean training, Arithmetic arithmetic) {
    this.training = training;
    this.narrow = arithmetic.narrow;
    this.wide = arithmetic.wide;
  }

  /**
   * uint8 [M, S, S, 3], or fp32 of mixed images, to normalised [M, 3, S, S], whose channels lie
   * last in memory. Always a copy, for it is changed in its place.
   */
  String pixels() {
    String floats =
        assign("torch.to(torch.permute(pixels, [0, 3, 1, 2]), %d, False, True)".formatted(wide));
    String scaled = assign("torch.add_(torch.mul_(%s, norm[0]), norm[1])".formatted(floats));
    return cast(scaled, narrow);
  }

  @Override
  public String convolution(String name, String x, Shape shape) {
    String weight =
        parameter(
            name + ".weight",
            Role.CONV_WEIGHT,
            0,
            List.of(shape.out(), shape.in(), shape.kernel(), shape.kernel()));
    return assign(
        "torch.conv2d(%s, torch.to(%s, %d, False, False, 2), None, [%d, %d], [%d, %d], [1, 1], 1)"
            .formatted(
                x,
                weight,
                narrow,
                shape.stride(),
                shape.stride(),
                shape.padding(),
                shape.padding()));
  }

  @Override
  public String normalisation(String name, String x, long channels) {
    List<Long> shape = List.of(channels);
    String weight = parameter(name + ".weight", Role.NORM_WEIGHT, 0, shape);
    String bias = parameter(name + ".bias", Role.NORM_BIAS, 0, shape);
    String mean = buffer(name + ".running_mean", Role.RUNNING_MEAN, shape);
    String variance = buffer(name + ".running_var", Role.RUNNING_VARIANCE, shape);
    return assign(
        "torch.batch_norm(%s, %s, %s, %s, %s, %s, %s, %s, True)"
            .formatted(
                x, weight, bias, mean, variance, training ? "True" : "False", MOMENTUM, EPSILON));
  }

  /** [M, C, H, W] to fp32 [M, C]. */
  @Override
  public String averagePool(String x) {
    return assign("torch.mean(torch.to(%s, %d), [2, 3], False)".formatted(x, wide));
  }

  /** In fp32, whatever the precision of the encoder. */
  @Override
  public String linear(String name, String x, long in, long out) {
    String weight = parameter(name + ".weight", Role.LINEAR_WEIGHT, in, List.of(out, in));
    String bias = parameter(name + ".bias", Role.LINEAR_BIAS, in, List.of(out));
    return assign("torch.linear(%s, %s, %s)".formatted(x, weight, bias));
  }

  /** As {@link #linear} without a bias; in training with the products of lengths beside it. */
  String marginLinear(String name, String x, long in, long out) {
    String weight = parameter(name + ".weight", Role.LINEAR_WEIGHT, in, List.of(out, in));
    String logits = assign("torch.linear(%s, %s, None)".formatted(x, weight));
    if (!training) {
      return logits;
    }
    String rows = assign("torch.linalg_vector_norm(%s, 2, [1], True)".formatted(x));
    String classes = assign("torch.linalg_vector_norm(%s, 2, [1])".formatted(weight));
    return assign("torch.cat([%s, torch.mul(%s, %s)], 1)".formatted(logits, rows, classes));
  }

  private String cast(String x, int kind) {
    return assign("torch.to(%s, %d)".formatted(x, kind));
  }

  private String parameter(String name, Role role, long fanIn, List<Long> shape) {
    parameters.add(new TensorSpec(name, role, fanIn, shape));
    return "params[" + (parameters.size() - 1) + "]";
  }

  private String buffer(String name, Role role, List<Long> shape) {
    buffers.add(new TensorSpec(name, role, 0, shape));
    return "buffers[" + (buffers.size() - 1) + "]";
  }

  @Override
  public String assign(String expression) {
    String value = "x" + values++;
    lines.append("  ").append(value).append(" = ").append(expression).append('\n');
    return value;
  }

  /** The whole function. */
  String function(String name, String result) {
    return "def "
        + name
        + "(self, pixels: Tensor, params: List[Tensor], buffers: List[Tensor], norm: List[Tensor])"
        + " -> Tensor:\n"
        + lines
        + "  return "
        + result
        + "\n";
  }

  List<TensorSpec> parameters() {
    return parameters;
  }

  List<TensorSpec> buffers() {
    return buffers;
  }

  /**
   * What it computes in, as TorchScript's numbers of types: convolutions and what lies between them
   * narrow; pixels, features and head wide, as parameters are.
   */
  enum Arithmetic {
    /** Spec {@code bf16}. */
    BF16(15, 6),
    /** Spec {@code fp32}. */
    FP32(6, 6),
    /** For tests: what the other two are measured against. */
    FP64(7, 7);

    private final int narrow;
    private final int wide;

    Arithmetic(int narrow, int wide) {
      this.narrow = narrow;
      this.wide = wide;
    }

    static Arithmetic of(Precision precision) {
      return precision == Precision.FP32 ? FP32 : BF16;
    }
  }
}
