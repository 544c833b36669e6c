package dev.supcon.runner.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.step.ContractJson;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has to be known of a model to use it, and where it came from; {@code supcon.json} of every
 * export.
 *
 * @param format of this record
 * @param encoder whose {@code precision} is that of training; exports compute in fp32
 * @param normalizeInput whether features are divided by their length before the classifier
 * @param outputs by name, in words
 * @param classNames by label; empty when there is no classifier
 * @param metrics of the run, as in {@code result.json}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelCard(
    int format,
    EncoderSpec encoder,
    Input input,
    boolean normalizeInput,
    SortedMap<String, String> outputs,
    List<String> classNames,
    Provenance provenance,
    SortedMap<String, Double> metrics) {
  static final int FORMAT = 1;

  public ModelCard {
    outputs = new TreeMap<>(outputs);
    classNames = List.copyOf(classNames);
    metrics = new TreeMap<>(metrics);
  }

  /**
   * What goes in: fp32 [N, 3, side, side].
   *
   * @param resize how an image gets that size
   * @param values how bytes become numbers
   */
  public record Input(
      String name,
      String layout,
      String channels,
      int side,
      String resize,
      String values,
      List<Double> mean,
      List<Double> std) {

    static Input of(int side, List<Double> mean, List<Double> std) {
      return new Input(
          "input",
          "NCHW",
          "RGB",
          side,
          "shorter side to " + side + ", bilinear with antialiasing, then the centre",
          "(byte / 255 - mean) / std",
          List.copyOf(mean),
          List.copyOf(std));
    }
  }

  /**
   * Where the model came from.
   *
   * @param spec the experiment's YAML
   * @param data digest of each packed data set, by step
   * @param steps keys by name
   * @param codeVersions by kind of step, of the program that exported
   * @param program its version words
   */
  public record Provenance(
      String experiment,
      String seed,
      String spec,
      Map<String, String> data,
      Map<String, String> steps,
      Map<String, Integer> codeVersions,
      Map<String, String> program) {}

  /** Readable JSON. */
  public String json() {
    try {
      return ContractJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON for a model's card", e);
    }
  }
}
