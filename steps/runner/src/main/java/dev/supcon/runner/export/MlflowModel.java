package dev.supcon.runner.export;

import dev.supcon.contract.step.ContractJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The file {@code MLmodel} (MLflow, "MLflow Models"). */
final class MlflowModel {
  static final String REQUIREMENTS = "mlflow\nonnx>=1.12\nonnxruntime>=1.12\nnumpy\n";

  static final String ENVIRONMENT =
      "python: \"3.11\"\nbuild_dependencies: [pip]\ndependencies: [-r requirements.txt]\n";

  private MlflowModel() {}

  static String yaml(TrainedModel model, ModelCard card) {
    int side = model.input().side();
    List<Object> outputs = new ArrayList<>();
    if (model.classifies()) {
      outputs.add(tensor(TrainedModel.LOGITS, -1, model.classes()));
    }
    outputs.add(tensor(TrainedModel.FEATURES, -1, model.width()));
    String input = ContractJson.write(List.of(tensor(model.input().name(), -1, 3, side, side)));
    return """
        flavors:
          onnx:
            code: null
            data: model.onnx
            onnx_version: "1.12"
            providers: [CPUExecutionProvider]
          python_function:
            data: model.onnx
            env: {virtualenv: python_env.yaml}
            loader_module: mlflow.onnx
            python_version: "3.11"
        metadata: {experiment: %s, card: supcon.json}
        model_uuid: %s
        signature:
          inputs: %s
          outputs: %s
        """
        .formatted(
            ContractJson.write(card.provenance().experiment()),
            ContractJson.write(card.provenance().steps().getOrDefault("pretrain", "")),
            ContractJson.write(input),
            ContractJson.write(ContractJson.write(outputs)));
  }

  private static Map<String, Object> tensor(String name, long... shape) {
    return Map.of(
        "name", name, "type", "tensor", "tensor-spec", Map.of("dtype", "float32", "shape", shape));
  }
}
