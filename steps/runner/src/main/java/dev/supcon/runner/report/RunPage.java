package dev.supcon.runner.report;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the page of one run shows.
 *
 * @param spec the experiment as YAML, as it was run
 * @param parameters every parameter with defaults applied, by its path in the spec
 * @param program what wrote the page: version words by name
 * @param views the contact sheet as PNG; empty when nothing was trained
 * @param calibration bins of confidence on the test set; empty when there is no classifier
 * @param embedding test images in the plane of their two principal components
 * @param confusion test images by true and predicted class; empty when there is no classifier
 * @param margins test images by margin, in bins of equal width over [-1, 1]; empty when there is no
 *     classifier
 */
@SuppressWarnings("ArrayRecordComponent") // a picture, never compared
public record RunPage(
    RunResult result,
    String spec,
    SortedMap<String, String> parameters,
    SortedMap<String, String> program,
    List<Curve> curves,
    byte[] views,
    List<Bin> calibration,
    List<Dot> embedding,
    List<Answer> confusion,
    List<Integer> margins,
    List<String> classNames) {

  public RunPage {
    parameters = new TreeMap<>(parameters);
    program = new TreeMap<>(program);
    curves = List.copyOf(curves);
    calibration = List.copyOf(calibration);
    embedding = List.copyOf(embedding);
    confusion = List.copyOf(confusion);
    margins = List.copyOf(margins);
    classNames = List.copyOf(classNames);
  }

  /** What each step had to say, by the step's name. */
  SortedMap<String, SortedMap<String, String>> facts() {
    return result.facts();
  }

  /** What a step said under a name; empty words when it said nothing. */
  String fact(String step, String name) {
    Map<String, String> words = facts().getOrDefault(step, new TreeMap<>());
    return words.getOrDefault(name, "");
  }

  /** Images behind the numbers of the test set; 0 when there is no classifier. */
  long testImages() {
    return calibration.stream().mapToLong(Bin::count).sum();
  }

  /**
   * A bin of the reliability diagram.
   *
   * @param confidence mean confidence of its images
   * @param accuracy fraction of them that are right
   */
  public record Bin(double confidence, double accuracy, int count) {}

  /** One image of the embedding map. */
  public record Dot(double x, double y, int label) {
    boolean finite() {
      return Double.isFinite(x) && Double.isFinite(y);
    }
  }

  /** So many images of a class were taken for that class; pairs without images are left out. */
  public record Answer(int label, int predicted, int count) {}
}
