package dev.supcon.runner.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.supcon.runner.network.ForwardText.Arithmetic;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptModule;
import dev.supcon.runner.torchscript.TorchEngine;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What an encoder with the oracle's weights does in a step: its generated text, run in any
 * arithmetic.
 *
 * @param trained features with batch statistics, [4, F]
 * @param evaluated features with the running statistics of that step, [4, F]
 * @param gradients of sum(trained · u("cotangent", i)), by parameter
 */
@SuppressWarnings("ArrayRecordComponent") // Tensors; nobody compares two measurements whole.
record MeasuredEncoder(
    double[] trained,
    double[] evaluated,
    Map<String, double[]> gradients,
    Map<String, double[]> statistics) {
  private static final MadeNumbers MADE = MadeNumbers.MIXED;

  static MeasuredEncoder of(NetworkSpec spec, Arithmetic arithmetic, String images, int side) {
    DataType type = arithmetic == Arithmetic.FP64 ? DataType.FLOAT64 : DataType.FLOAT32;
    NetworkText text = NetworkText.of(spec, arithmetic);
    String last = ResNet.lastNormalisation(spec.encoder()) + ".weight";
    try (NDManager manager = TorchEngine.newManager();
        ScriptModule script = ScriptModule.load(manager, text.archive())) {
      List<NDArray> parameters =
          text.parameters().stream()
              .map(p -> array(manager, type, MADE.parameter(p, last), p.dimensions()))
              .toList();
      List<NDArray> buffers =
          text.buffers().stream()
              .map(
                  b -> array(manager, type, InitialValues.of(spec.encoder(), b, 0), b.dimensions()))
              .toList();
      parameters.forEach(parameter -> parameter.setRequiresGradient(true));
      NDArray pixels = array(manager, type, MADE.images(images, side), 4, side, side, 3);
      List<NDArray> norm =
          List.of(
              array(manager, type, new float[] {1, 1, 1}, 1, 3, 1, 1),
              array(manager, type, new float[3], 1, 3, 1, 1));
      Argument[] arguments = {
        Argument.of(pixels), Argument.of(parameters), Argument.of(buffers), Argument.of(norm)
      };
      NDArray trained = script.record(manager, "train", arguments).singletonOrThrow();
      int width = (int) trained.getShape().get(1);
      float[] cotangent = MADE.values("cotangent", 4 * width, 1, 0);
      ScriptModule.backward(trained, array(manager, type, cotangent, 4, width));
      return new MeasuredEncoder(
          doubles(trained),
          doubles(script.infer(manager, "output", arguments).singletonOrThrow()),
          named(text.parameters(), parameters.stream().map(NDArray::getGradient).toList()),
          named(text.buffers(), buffers));
    }
  }

  private static Map<String, double[]> named(List<TensorSpec> specs, List<NDArray> arrays) {
    Map<String, double[]> named = new LinkedHashMap<>();
    for (int i = 0; i < specs.size(); i++) {
      named.put(specs.get(i).name(), doubles(arrays.get(i)));
    }
    return named;
  }

  private static NDArray array(NDManager manager, DataType type, float[] values, long... shape) {
    NDArray array = manager.create(new Shape(shape), type);
    var bytes = array.toByteBuffer(true).order(ByteOrder.nativeOrder());
    for (float value : values) {
      if (type == DataType.FLOAT64) {
        bytes.putDouble(value);
      } else {
        bytes.putFloat(value);
      }
    }
    return array;
  }

  private static double[] doubles(NDArray array) {
    if (array.getDataType() == DataType.FLOAT64) {
      return array.toDoubleArray();
    }
    float[] floats = array.toFloatArray();
    return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }
}
