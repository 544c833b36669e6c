package dev.supcon.runner.probe;

import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.measure.Calibration;
import dev.supcon.runner.measure.Confusion;
import dev.supcon.runner.measure.Predictions;
import dev.supcon.runner.measure.PrincipalPlane;
import dev.supcon.runner.measure.Probabilities;
import dev.supcon.runner.measure.Reliability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A classifier on the test set, as a page can draw it.
 *
 * @param metrics by full name, of calibrated confidences
 * @param uncalibratedError ECE before temperature scaling
 * @param bins of the reliability diagram, calibrated
 * @param plane test images in the plane of their features' two principal components
 * @param confusion test images by true and predicted class
 * @param margins test images by the label's probability less the highest other one, in bins of
 *     equal width over [-1, 1]
 */
public record ClassifierReport(
    Map<String, Double> metrics,
    double uncalibratedError,
    List<Reliability.Bin> bins,
    List<Dot> plane,
    List<Confusion.Cell> confusion,
    List<Integer> margins) {
  /** The file's name in a step's result. */
  public static final String FILE = "linear.json";

  private static final int TOP = 5;
  private static final int DOTS = 1000;
  private static final int MARGINS = 40;

  /** One image of the embedding map. */
  public record Dot(double x, double y, int label) {}

  /** What a classifier makes of the test features. */
  public static ClassifierReport of(LinearClassifier classifier, Features test) {
    Predictions predictions = classifier.predict(test);
    Reliability reliability = Calibration.reliability(predictions, 1);
    Reliability even = Calibration.evenReliability(predictions, 1);
    Probabilities probabilities = new Probabilities(predictions, 1);
    Map<String, Double> metrics =
        Map.of(
            "classifier.test.top1", Accuracy.top(1, predictions),
            "classifier.test.top5", Accuracy.top(TOP, predictions),
            "classifier.test.meanPerClass", Accuracy.meanPerClass(predictions),
            "classifier.test.nll", Calibration.negativeLogLikelihood(predictions, 1),
            "classifier.test.brier", probabilities.brierScore(),
            "classifier.test.ece", reliability.expectedCalibrationError(),
            "classifier.test.adaptiveEce", even.expectedCalibrationError(),
            "classifier.test.classwiseEce", probabilities.classwiseError());
    // A temperature divides the logits; its inverse restores them.
    Reliability before = Calibration.reliability(predictions, 1 / classifier.temperature());
    return new ClassifierReport(
        metrics,
        before.expectedCalibrationError(),
        reliability.bins(),
        plane(test),
        Confusion.of(predictions),
        Arrays.stream(probabilities.margins(MARGINS)).boxed().toList());
  }

  /** Writes {@link #FILE} into a folder. */
  public void write(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      Files.writeString(file, ContractJson.write(this));
    } catch (IOException e) {
      throw new StepFailure(ExitCode.NO_SPACE, "cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Every n-th image, so that no class is left out of a sorted test set. Of directions, which are
   * what the loss trains; lengths would only blur the picture.
   */
  private static List<Dot> plane(Features test) {
    int stride = Math.max(1, Math.ceilDiv(test.size(), DOTS));
    int dots = Math.ceilDiv(test.size(), stride);
    float[] rows = new float[dots * test.width()];
    for (int i = 0; i < dots; i++) {
      test.unitRow(i * stride, rows, i * test.width());
    }
    double[][] points = PrincipalPlane.of(rows, test.width());
    List<Dot> plane = new ArrayList<>();
    for (int i = 0; i < dots; i++) {
      plane.add(new Dot(points[i][0], points[i][1], test.labels()[i * stride]));
    }
    return plane;
  }
}
