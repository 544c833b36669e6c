package dev.supcon.runner.export;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.checkpoint.SafeTensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a model in one of the formats. Existing files of the same names are replaced. */
public final class ModelFiles {
  /** The card's name: a file beside the model, and an entry inside where the format has room. */
  static final String CARD = "supcon.json";

  private final TrainedModel model;
  private final ModelCard card;
  private final FeatureFiles features;

  public ModelFiles(TrainedModel model, ModelCard card, FeatureFiles features) {
    this.model = model;
    this.card = card;
    this.features = features;
  }

  /**
   * Writes to {@code out}: a file for safetensors, TorchScript and ONNX, a folder for the others.
   *
   * @throws StepFailure NO_SPACE when it cannot be written
   */
  public void write(ModelFormat format, Path out) {
    try {
      switch (format) {
        case SAFETENSORS -> safetensors(out);
        case TORCHSCRIPT -> put(out, ScriptModel.bytes(model, card));
        case ONNX -> put(out, OnnxModel.bytes(model, card));
        case DJL -> djl(out);
        case MLFLOW -> mlflow(out);
        case TRITON -> triton(out);
        case NPY -> npy(out);
      }
    } catch (IOException e) {
      throw new StepFailure(ExitCode.NO_SPACE, "Cannot write " + out + ": " + e.getMessage(), e);
    }
  }

  private void safetensors(Path out) throws IOException {
    Files.createDirectories(out.toAbsolutePath().getParent());
    Map<String, String> words = Map.of("format", "pt", CARD, card.json());
    new SafeTensors(words, model.tensors()).write(out);
  }

  private void djl(Path out) throws IOException {
    put(out.resolve("model.pt"), ScriptModel.bytes(model, card));
    text(out.resolve("serving.properties"), ServingFolders.djl(model));
    if (model.classifies()) {
      text(out.resolve("synset.txt"), labels(model.classNames().subList(0, model.classes())));
    }
    text(out.resolve(CARD), card.json());
  }

  private void mlflow(Path out) throws IOException {
    put(out.resolve("model.onnx"), OnnxModel.bytes(model, card));
    text(out.resolve("MLmodel"), MlflowModel.yaml(model, card));
    text(out.resolve("requirements.txt"), MlflowModel.REQUIREMENTS);
    text(out.resolve("python_env.yaml"), MlflowModel.ENVIRONMENT);
    text(out.resolve(CARD), card.json());
  }

  private void triton(Path out) throws IOException {
    put(out.resolve("1").resolve("model.onnx"), OnnxModel.bytes(model, card));
    String name = out.toAbsolutePath().normalize().getFileName().toString();
    text(out.resolve("config.pbtxt"), ServingFolders.triton(model, name));
    if (model.classifies()) {
      text(
          out.resolve(ServingFolders.LABELS),
          labels(model.classNames().subList(0, model.classes())));
    }
    text(out.resolve(CARD), card.json());
  }

  private void npy(Path out) throws IOException {
    features.write(model.encoder(), out);
    text(out.resolve("classes.txt"), labels(model.classNames()));
    text(out.resolve(CARD), card.json());
  }

  /** A line for each label. */
  private static String labels(List<String> names) {
    return names.stream().map(name -> name + "\n").collect(Collectors.joining());
  }

  private static void text(Path file, String content) throws IOException {
    put(file, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, content);
  }
}
