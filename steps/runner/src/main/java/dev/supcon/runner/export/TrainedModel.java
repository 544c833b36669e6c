package dev.supcon.runner.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.checkpoint.SafeTensors;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.network.Operations;
import dev.supcon.runner.network.ResNet;
import dev.supcon.runner.probe.LinearClassifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An encoder with, perhaps, a classifier on its features.
 *
 * @param tensors by torchvision's names; a classifier is {@code fc}, divided by its temperature, so
 *     that its logits are calibrated
 * @param classes of the classifier; 0 without one
 * @param normalizeInput whether the classifier takes features divided by their length
 */
public record TrainedModel(
    EncoderSpec encoder,
    ModelCard.Input input,
    List<String> classNames,
    SortedMap<String, TensorBytes> tensors,
    int classes,
    boolean normalizeInput) {
  static final String FEATURES = "features";
  static final String LOGITS = "logits";
  private static final String CLASSIFIER = "fc";
  private static final TypeReference<List<Double>> NUMBERS = new TypeReference<>() {};
  private static final TypeReference<List<String>> WORDS = new TypeReference<>() {};

  public TrainedModel {
    classNames = List.copyOf(classNames);
    tensors = new TreeMap<>(tensors);
  }

  /**
   * From a step's {@code encoder.safetensors}.
   *
   * @throws StepFailure DATA when the file says too little, or the classifier does not fit
   */
  public static TrainedModel of(SafeTensors file, Optional<LinearClassifier> classifier) {
    Map<String, String> words = file.metadata();
    EncoderSpec encoder = ContractJson.MAPPER.convertValue(words, EncoderSpec.class);
    int width = ResNet.featureWidth(encoder);
    SortedMap<String, TensorBytes> tensors = new TreeMap<>(file.tensors());
    classifier.ifPresent(
        fc -> {
          if (fc.width() != width) {
            throw new StepFailure(
                ExitCode.DATA,
                "The classifier takes %d features, the encoder gives %d."
                    .formatted(fc.width(), width));
          }
          tensors.put(
              CLASSIFIER + ".weight",
              TensorBytes.of(calibrated(fc, fc.weights()), fc.classes(), width));
          tensors.put(
              CLASSIFIER + ".bias", TensorBytes.of(calibrated(fc, fc.bias()), fc.classes()));
        });
    return new TrainedModel(
        encoder,
        ModelCard.Input.of(
            word(words, "side", new TypeReference<Integer>() {}),
            word(words, "mean", NUMBERS),
            word(words, "std", NUMBERS)),
        word(words, "classNames", WORDS),
        tensors,
        classifier.map(LinearClassifier::classes).orElse(0),
        classifier.map(LinearClassifier::normalizeInput).orElse(false));
  }

  private static float[] calibrated(LinearClassifier classifier, float[] values) {
    float[] divided = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      divided[i] = (float) (values[i] / classifier.temperature());
    }
    return divided;
  }

  private static <T> T word(Map<String, String> words, String key, TypeReference<T> type) {
    try {
      return ContractJson.MAPPER.readValue(words.getOrDefault(key, ""), type);
    } catch (JsonProcessingException e) {
      throw new StepFailure(ExitCode.DATA, "The encoder's file does not say its " + key + ".", e);
    }
  }

  /** Width F of the features. */
  public int width() {
    return ResNet.featureWidth(encoder);
  }

  boolean classifies() {
    return classes > 0;
  }

  /** What a server asks for when it asks for one thing: logits, or else features. */
  String mainOutput() {
    return classifies() ? LOGITS : FEATURES;
  }

  int mainWidth() {
    return classifies() ? classes : width();
  }

  /** Writes the way from images to features; returns the name of the features. */
  String writeFeatures(Operations target, String images) {
    return ResNet.write(encoder, target, images);
  }

  /** Writes the way from features to logits. */
  String writeLogits(Operations target, String features) {
    String input = normalizeInput ? target.unitRows(features) : features;
    return target.linear(CLASSIFIER, input, width(), classes);
  }

  /** All that has to be known of it. */
  public ModelCard card(ModelCard.Provenance provenance, SortedMap<String, Double> metrics) {
    SortedMap<String, String> outputs = new TreeMap<>();
    outputs.put(
        FEATURES, "[N, " + width() + "], average pooled, not normalised; compare them by cosine");
    if (classifies()) {
      String of = normalizeInput ? ", of features divided by their length" : "";
      outputs.put(
          LOGITS, "[N, " + classes + "]" + of + "; their softmax is calibrated on the holdout");
    }
    List<String> names = classifies() ? classNames : List.of();
    return new ModelCard(
        ModelCard.FORMAT, encoder, input, normalizeInput, outputs, names, provenance, metrics);
  }
}
