package dev.supcon.runner.export;

import dev.supcon.runner.checkpoint.ElementType;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.torchscript.ModuleArchive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A whole TorchScript file: {@code forward} gives the main output, {@code features} the features;
 * its {@code state_dict} has torchvision's names.
 */
final class ScriptModel {
  private ScriptModel() {}

  static byte[] bytes(TrainedModel model, ModelCard card) {
    String input = model.input().name();
    List<String> functions = new ArrayList<>();
    ScriptText features = new ScriptText();
    functions.add(
        features.function(TrainedModel.FEATURES, input, model.writeFeatures(features, input)));
    ScriptText forward = new ScriptText();
    String output = model.writeFeatures(forward, input);
    functions.add(
        forward.function(
            "forward", input, model.classifies() ? model.writeLogits(forward, output) : output));
    return new ModuleArchive(
            functions, stored(model.tensors()), new TreeMap<>(Map.of(ModelFiles.CARD, card.json())))
        .bytes();
  }

  private static SortedMap<String, ModuleArchive.Stored> stored(
      SortedMap<String, TensorBytes> tensors) {
    SortedMap<String, ModuleArchive.Stored> stored = new TreeMap<>();
    tensors.forEach(
        (name, tensor) -> {
          String storage = tensor.type() == ElementType.I64 ? "LongStorage" : "FloatStorage";
          boolean parameter = name.endsWith(".weight") || name.endsWith(".bias");
          stored.put(
              name, new ModuleArchive.Stored(storage, tensor.shape(), tensor.reading(), parameter));
        });
    return stored;
  }
}
