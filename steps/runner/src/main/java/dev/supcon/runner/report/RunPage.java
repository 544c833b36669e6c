package dev.supcon.runner.report;

import java.util.List;
import java.util.Map;

/**
 * All that the page of one run shows.
 *
 * @param spec the experiment as YAML, defaults applied
 * @param facts what each step had to say, by the step's name
 * @param views the contact sheet as PNG; empty when nothing was trained
 * @param calibration bins of confidence on the test set; empty when there is no classifier
 * @param embedding test images in the plane of their two principal components
 */
@SuppressWarnings("ArrayRecordComponent") // a picture, never compared
public record RunPage(
    RunResult result,
    String spec,
    List<Curve> curves,
    Map<String, Map<String, String>> facts,
    byte[] views,
    List<Bin> calibration,
    List<Dot> embedding,
    List<String> classNames) {

  public RunPage {
    curves = List.copyOf(curves);
    calibration = List.copyOf(calibration);
    embedding = List.copyOf(embedding);
    classNames = List.copyOf(classNames);
  }

  /**
   * A bin of the reliability diagram.
   *
   * @param confidence mean confidence of its images
   * @param accuracy fraction of them that are right
   */
  public record Bin(double confidence, double accuracy, int count) {}

  /** One image of the embedding map. */
  public record Dot(double x, double y, int label) {}
}
