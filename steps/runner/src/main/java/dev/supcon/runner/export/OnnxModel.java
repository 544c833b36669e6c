package dev.supcon.runner.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/** A whole ONNX file: images in, features and logits out, any number of images. */
final class OnnxModel {
  /** Of ONNX 1.12 and later; what operator set 17 came with. */
  private static final int IR_VERSION = 8;

  private OnnxModel() {}

  static byte[] bytes(TrainedModel model, ModelCard card) {
    OnnxGraph graph = new OnnxGraph(model.tensors());
    int side = model.input().side();
    graph.graph().setName("encoder").addInput(value(model.input().name(), 3, side, side));
    String features = model.writeFeatures(graph, model.input().name());
    if (model.classifies()) {
      graph.named(model.writeLogits(graph, features), TrainedModel.LOGITS);
      graph.graph().addOutput(value(TrainedModel.LOGITS, model.classes()));
    }
    graph.named(features, TrainedModel.FEATURES);
    graph.graph().addOutput(value(TrainedModel.FEATURES, model.width()));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("supcon")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OnnxGraph.OPERATORS))
        .addMetadataProps(
            StringStringEntryProto.newBuilder().setKey(ModelFiles.CARD).setValue(card.json()))
        .setGraph(graph.graph())
        .build()
        .toByteArray();
  }

  /** fp32 [N, sizes]. */
  private static ValueInfoProto value(String name, long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
