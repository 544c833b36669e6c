package dev.supcon.runner.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.network.Operations;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/** Inference in fp32 as ONNX nodes of operator set {@value #OPERATORS}. */
final class OnnxGraph implements Operations {
  static final int OPERATORS = 17;

  private final SortedMap<String, TensorBytes> tensors;
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private int values;

  OnnxGraph(SortedMap<String, TensorBytes> tensors) {
    this.tensors = tensors;
  }

  @Override
  public String convolution(String name, String x, Shape shape) {
    return node(
        "Conv",
        List.of(x, tensor(name, "weight")),
        integers("kernel_shape", shape.kernel(), shape.kernel()),
        integers("strides", shape.stride(), shape.stride()),
        padding(shape.padding()));
  }

  @Override
  public String normalisation(String name, String x, long channels) {
    AttributeProto epsilon =
        attribute("epsilon", AttributeProto.AttributeType.FLOAT).setF(1e-5f).build();
    return node(
        "BatchNormalization",
        List.of(
            x,
            tensor(name, "weight"),
            tensor(name, "bias"),
            tensor(name, "running_mean"),
            tensor(name, "running_var")),
        epsilon);
  }

  @Override
  public String relu(String x) {
    return node("Relu", List.of(x));
  }

  @Override
  public String sum(String x, String shortcut) {
    return node("Add", List.of(x, shortcut));
  }

  @Override
  public String maxPool(String x) {
    return node(
        "MaxPool",
        List.of(x),
        integers("kernel_shape", 3, 3),
        integers("strides", 2, 2),
        padding(1));
  }

  @Override
  public String samePool(String x) {
    AttributeProto same =
        attribute("auto_pad", AttributeProto.AttributeType.STRING)
            .setS(ByteString.copyFromUtf8("SAME_UPPER"))
            .build();
    return node(
        "MaxPool", List.of(x), integers("kernel_shape", 3, 3), integers("strides", 2, 2), same);
  }

  @Override
  public String averagePool(String x) {
    return node("Flatten", List.of(node("GlobalAveragePool", List.of(x))));
  }

  @Override
  public String linear(String name, String x, long in, long out) {
    return node(
        "Gemm", List.of(x, tensor(name, "weight"), tensor(name, "bias")), integer("transB", 1));
  }

  @Override
  public String unitRows(String x) {
    return node("LpNormalization", List.of(x), integer("axis", 1), integer("p", 2));
  }

  /** Gives a value another name. */
  void named(String value, String name) {
    graph.addNode(NodeProto.newBuilder().setOpType("Identity").addInput(value).addOutput(name));
  }

  GraphProto.Builder graph() {
    return graph;
  }

  private String tensor(String name, String part) {
    String full = name + "." + part;
    TensorBytes tensor = tensors.get(full);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor " + full);
    }
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(full)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addAllDims(tensor.shape())
            .setRawData(ByteString.copyFrom(tensor.reading())));
    return full;
  }

  private String node(String operator, List<String> inputs, AttributeProto... attributes) {
    String value = "x" + values++;
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(operator + "_" + value)
            .addAllInput(inputs)
            .addAllAttribute(Arrays.asList(attributes))
            .addOutput(value));
    return value;
  }

  private static AttributeProto padding(long each) {
    return integers("pads", each, each, each, each);
  }

  private static AttributeProto integers(String name, long... numbers) {
    AttributeProto.Builder list = attribute(name, AttributeProto.AttributeType.INTS);
    Arrays.stream(numbers).forEach(list::addInts);
    return list.build();
  }

  private static AttributeProto integer(String name, long number) {
    return attribute(name, AttributeProto.AttributeType.INT).setI(number).build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
