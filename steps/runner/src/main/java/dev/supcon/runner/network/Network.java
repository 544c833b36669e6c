package dev.supcon.runner.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.supcon.runner.network.ForwardText.Arithmetic;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptModule;
import dev.supcon.runner.torchscript.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An encoder with its head: parameters and buffers as arrays of ours, the forward pass as one call
 * of generated TorchScript.
 *
 * <p>Pixels are uint8 [M, S, S, 3]. Weights, running statistics and results are fp32; inside,
 * convolutions and linear layers use the precision of the spec.
 */
public final class Network implements AutoCloseable {
  private final NetworkSpec spec;
  private final Arithmetic arithmetic;
  private final DataType type; // of weights and statistics
  private final NDManager manager;
  private final ScriptModule script;
  private final List<Tensor> parameters = new ArrayList<>();
  private final List<Tensor> buffers = new ArrayList<>();
  private final Argument parameterList;
  private final Argument bufferList;
  private final Argument norm;

  private Network(NetworkSpec spec, Arithmetic arithmetic, long seed, NDManager parent) {
    this.spec = spec;
    this.arithmetic = arithmetic;
    this.type = arithmetic == Arithmetic.FP64 ? DataType.FLOAT64 : DataType.FLOAT32;
    this.manager = parent.newSubManager();
    NetworkText text = NetworkText.of(spec, arithmetic);
    this.script = ScriptModule.load(manager, text.archive());
    text.parameters().forEach(tensor -> parameters.add(allocate(tensor, seed)));
    text.buffers().forEach(tensor -> buffers.add(allocate(tensor, seed)));
    parameters.forEach(tensor -> tensor.value().setRequiresGradient(true));
    this.parameterList = Argument.of(values(parameters));
    this.bufferList = Argument.of(values(buffers));
    this.norm = Argument.of(scaleAndShift());
  }

  /** A network with initial weights by seed and names. */
  public static Network create(NetworkSpec spec, long seed, NDManager manager) {
    return create(spec, Arithmetic.of(spec.encoder().precision()), seed, manager);
  }

  /** The same in another arithmetic: tests hold gradients against more digits than fp32 has. */
  static Network create(NetworkSpec spec, Arithmetic arithmetic, long seed, NDManager manager) {
    return new Network(spec, arithmetic, seed, manager);
  }

  /** A network of this kind with values of its own, such as for another device. */
  public Network another(NDManager manager) {
    return new Network(spec, arithmetic, 0, manager);
  }

  /** Every parameter and buffer of such a network, before it is made. */
  public static List<TensorSpec> tensors(NetworkSpec spec) {
    NetworkText text = NetworkText.of(spec);
    return Stream.concat(text.parameters().stream(), text.buffers().stream()).toList();
  }

  private Tensor allocate(TensorSpec tensor, long seed) {
    float[] initial = InitialValues.of(spec.encoder(), tensor, seed);
    return new Tensor(tensor, wide(initial, tensor.dimensions()));
  }

  private NDArray wide(float[] values, long... shape) {
    return Tensors.floats(manager, values, shape).toType(type, false);
  }

  private static List<NDArray> values(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::value).toList();
  }

  /** (x / 255 - mean) / std as x · scale + shift. */
  private List<NDArray> scaleAndShift() {
    float[] scale = new float[3];
    float[] shift = new float[3];
    for (int c = 0; c < 3; c++) {
      scale[c] = (float) (1 / (255 * spec.std().get(c)));
      shift[c] = (float) (-spec.mean().get(c) / spec.std().get(c));
    }
    return List.of(wide(scale, 1, 3, 1, 1), wide(shift, 1, 3, 1, 1));
  }

  public NetworkSpec spec() {
    return spec;
  }

  /** Width F of the features. */
  public int featureWidth() {
    return ResNet.featureWidth(spec.encoder());
  }

  /** The parameters, in torchvision's order, the head's last; their gradients are on the arrays. */
  public List<Tensor> parameters() {
    return List.copyOf(parameters);
  }

  /** The running statistics of batch normalisation. */
  public List<Tensor> buffers() {
    return List.copyOf(buffers);
  }

  /**
   * The forward pass of training: batch statistics, running ones updated, a graph recorded.
   *
   * @param pixels uint8 [M, S, S, 3], or fp32 from 0 to 255 of mixed images
   * @return fp32: rows of length 1 [M, D] of a projection, logits [M, C] of a classifier, both [M,
   *     D + C] of a joint head, features [M, F] without a head; it belongs to the pixels' manager
   */
  public NDArray forward(NDArray pixels) {
    NDList result =
        script.record(
            pixels.getManager(), "train", Argument.of(pixels), parameterList, bufferList, norm);
    return result.singletonOrThrow();
  }

  /** As {@link #forward} without a graph. */
  public NDArray embed(NDArray pixels) {
    return infer("train", pixels);
  }

  /**
   * Adds to the parameters' gradients what {@code gradient} of the output says; frees the graph.
   */
  public void backward(NDArray output, NDArray gradient) {
    ScriptModule.backward(output, gradient);
  }

  /** As {@link #forward} with running statistics and without a graph. */
  public NDArray output(NDArray pixels) {
    return infer("output", pixels);
  }

  /** Average-pooled features, fp32 [M, F], not normalised, with running statistics. */
  public NDArray features(NDArray pixels) {
    return infer("features", pixels);
  }

  private NDArray infer(String function, NDArray pixels) {
    return script
        .infer(pixels.getManager(), function, Argument.of(pixels), parameterList, bufferList, norm)
        .singletonOrThrow();
  }

  /** Copies of all parameters and buffers, by name. */
  public Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>();
    parameters.forEach(tensor -> state.put(tensor.spec().name(), tensor.value().toFloatArray()));
    buffers.forEach(tensor -> state.put(tensor.spec().name(), tensor.value().toFloatArray()));
    return state;
  }

  /**
   * Overwrites parameters and buffers; names that this network lacks are passed over, so that an
   * encoder can be loaded from a network with another head.
   *
   * @throws IllegalArgumentException when one of ours is missing or has another size
   */
  public void load(Map<String, float[]> state) {
    parameters.forEach(tensor -> tensor.overwrite(state));
    buffers.forEach(tensor -> tensor.overwrite(state));
  }

  @Override
  public void close() {
    script.close();
    manager.close();
  }

  /** A parameter or buffer with its live values. */
  public record Tensor(TensorSpec spec, NDArray value) {

    private void overwrite(Map<String, float[]> state) {
      float[] values = state.get(spec.name());
      if (values == null || values.length != spec.size()) {
        throw new IllegalArgumentException(
            spec.name()
                + " needs "
                + spec.size()
                + " values, given are "
                + (values == null ? "none" : values.length));
      }
      Tensors.overwrite(value, values);
    }
  }
}
