package dev.supcon.runner.export;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Configuration of the servers that take a folder. */
final class ServingFolders {
  static final String LABELS = "labels.txt";

  private ServingFolders() {}

  /**
   * {@code serving.properties} (DJL Serving, "Serving properties"): decoding, size and scale are
   * done by DJL's translators.
   */
  static String djl(TrainedModel model) {
    int side = model.input().side();
    String factory = model.classifies() ? "ImageClassification" : "ImageFeatureExtractor";
    String suffix = model.classifies() ? "TranslatorFactory" : "Factory";
    String scale =
        Stream.concat(model.input().mean().stream(), model.input().std().stream())
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    return """
        engine=PyTorch
        option.mapLocation=true
        option.modelName=model
        translatorFactory=ai.djl.modality.cv.translator.%s%s
        resizeShort=true
        centerCrop=true
        width=%d
        height=%d
        toTensor=true
        normalize=%s
        applySoftmax=%s
        batch_size=16
        """
        .formatted(factory, suffix, side, side, scale, model.classifies());
  }

  /** {@code config.pbtxt} (Triton, "Model configuration") of the ONNX model. */
  static String triton(TrainedModel model, String name) {
    int side = model.input().side();
    String outputs = output(TrainedModel.FEATURES, model.width(), "");
    if (model.classifies()) {
      String labels = "\n    label_filename: \"" + LABELS + "\"";
      outputs = output(TrainedModel.LOGITS, model.classes(), labels) + ",\n" + outputs;
    }
    return """
        name: "%s"
        platform: "onnxruntime_onnx"
        max_batch_size: 64
        input [
          {
            name: "%s"
            data_type: TYPE_FP32
            dims: [ 3, %d, %d ]
          }
        ]
        output [
        %s
        ]
        dynamic_batching { }
        """
        .formatted(name, model.input().name(), side, side, outputs);
  }

  private static String output(String name, int width, String more) {
    return String.format(
        Locale.ROOT,
        "  {\n    name: \"%s\"\n    data_type: TYPE_FP32\n    dims: [ %d ]%s\n  }",
        name,
        width,
        more);
  }
}
