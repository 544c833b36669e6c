package dev.supcon.runner.transfer;

import static dev.supcon.runner.train.TinyEvaluation.ENCODER;
import static dev.supcon.runner.train.TinyEvaluation.labels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.spec.TransferSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.PackedIndex;
import dev.supcon.runner.data.Parts;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.probe.FeatureExtractor;
import dev.supcon.runner.probe.Features;
import dev.supcon.runner.probe.LinearClassifier;
import dev.supcon.runner.train.EncoderFile;
import dev.supcon.runner.train.FrozenEncoder;
import dev.supcon.runner.train.TinyEvaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferStepTest {
  private static final int CLASSES = 3;
  private static final int SIDE = 16;
  private static final String TOP1 = "transfer.colours.top1";

  @TempDir private Path root;

  @Test
  void otherClassesThanTheEncodersAreLearntAndItIsLeftAlone() throws IOException {
    TinyEvaluation tiny = tiny("a", SIDE, labels(CLASSES));
    Path encoder = tiny.input("encoder").resolve(EncoderFile.NAME);
    byte[] before = Files.readAllBytes(encoder);
    StepReport report = run(tiny, 1e-3);

    assertThat(report.metrics()).containsOnlyKeys(TOP1, TOP1.replace("top1", "meanPerClass"));
    assertThat(report.metrics().get(TOP1)).isGreaterThan(0.9);
    assertThat(report.facts())
        .containsEntry("l2", "0.001")
        .containsEntry("test images", "36")
        .doesNotContainKey("warning");
    assertThat(Files.readAllBytes(encoder)).isEqualTo(before);
  }

  /** So strong a penalty leaves only the bias, which sees no image. */
  @Test
  void thePenaltyIsChosenOnTheHoldout() throws IOException {
    StepReport report = run(tiny("a", SIDE, labels(CLASSES)), 1e-3, 1e9);

    assertThat(report.facts()).containsEntry("l2", "0.001");
    assertThat(report.metrics().get(TOP1)).isGreaterThan(0.9);
    assertThat(run(tiny("b", SIDE, labels(CLASSES)), 1e9).metrics().get(TOP1)).isLessThan(0.5);
  }

  /** So strong a penalty makes everything the largest class. */
  @Test
  void aDataSetsOwnMetricChooses() throws IOException {
    IntUnaryOperator mostlyFirst = i -> Math.max(0, i % 6 - 3);
    Parts<int[]> uneven =
        new Parts<>(labels(36, mostlyFirst), labels(12, mostlyFirst), labels(36, mostlyFirst));
    StepReport plain = run(tiny("a", SIDE, uneven), DataFormat.FOOD101, 1e9);
    StepReport perClass = run(tiny("b", SIDE, uneven), DataFormat.OXFORD_PETS, 1e9);

    assertThat(plain.facts())
        .containsEntry("metric", "top-1")
        .containsEntry("holdout", String.valueOf(8 / 12.0));
    assertThat(perClass.facts())
        .containsEntry("metric", "mean per class")
        .containsEntry("holdout", String.valueOf(1 / 3.0));
    assertThat(perClass.metrics()).isEqualTo(plain.metrics());
  }

  @Test
  void testLabelsChooseNothing() throws IOException {
    Parts<int[]> plain = labels(CLASSES);
    int[] wrong = Arrays.stream(plain.test()).map(label -> (label + 1) % CLASSES).toArray();
    StepReport honest = run(tiny("a", SIDE, plain), 1e-4, 1e-2, 1, 1e9);
    StepReport other =
        run(
            tiny("b", SIDE, new Parts<>(plain.train(), plain.holdout(), wrong)),
            1e-4,
            1e-2,
            1,
            1e9);

    assertThat(other.facts()).isEqualTo(honest.facts());
    assertThat(other.metrics().get(TOP1)).isLessThan(0.1);
  }

  @Test
  void theSameRequestGivesTheSameNumbers() throws IOException {
    assertThat(run(tiny("a", SIDE, labels(CLASSES)), 1e-3, 1e-1))
        .isEqualTo(run(tiny("b", SIDE, labels(CLASSES)), 1e-3, 1e-1));
  }

  /** In each of its parts: features, choice, the last fit. */
  @Test
  void askedToStopItEndsAtOnceAndWithoutAResult() throws IOException {
    TinyEvaluation whole = tiny("whole", SIDE, labels(CLASSES));
    run(whole, 1e-3, 1e-1);
    long questions = whole.workspace().questions();
    assertThat(whole.output().resolve(LinearClassifier.FILE)).exists();
    assertThat(questions).isGreaterThan(10);
    for (long when : new long[] {0, questions / 2, questions - 1}) {
      TinyEvaluation stopped =
          tiny("stopped" + when, SIDE, labels(CLASSES), asked -> asked == when);

      assertThatThrownBy(() -> run(stopped, 1e-3, 1e-1))
          .hasMessageMatching("stopped while .*; start it again to go on")
          .isInstanceOfSatisfying(
              StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.RESUME));
      assertThat(stopped.workspace().questions()).isEqualTo(when + 1);
      assertThat(stopped.output()).isEmptyDirectory();
    }
  }

  /** Whoever looks at the result later can ask it again. */
  @Test
  void theClassifierOfTheReportIsKept() throws IOException {
    TinyEvaluation tiny = tiny("a", SIDE, labels(CLASSES));
    StepReport report = run(tiny, 1e-3);
    LinearClassifier classifier =
        LinearClassifier.read(tiny.output().resolve(LinearClassifier.FILE));

    try (FrozenEncoder encoder = FrozenEncoder.open(tiny.workspace(), ENCODER)) {
      Features test = new FeatureExtractor(encoder.network(), () -> {}).of(encoder.data().test());
      assertThat(Accuracy.top(1, classifier.predict(test))).isEqualTo(report.metrics().get(TOP1));
    }
  }

  @Test
  void theOrderOfTheCandidatesDoesNotMatter() throws IOException {
    TinyEvaluation tiny = tiny("a", SIDE, labels(CLASSES));

    assertThat(run(tiny, 1e-3, 1, 1e-1)).isEqualTo(run(tiny, 1, 1e-1, 1e-3));
  }

  @Test
  void imagesOfAnotherSizeAreTakenWithAWarning() throws IOException {
    StepReport report = run(tiny("a", 2 * SIDE, labels(CLASSES)), 1e-3);

    assertThat(report.facts().get("warning")).contains("images of 16 pixels, here they have 32");
    assertThat(report.metrics().get(TOP1)).isGreaterThan(0.9);
  }

  @Test
  void aDamagedOrMissingEncoderIsRefused() throws IOException {
    TinyEvaluation tiny = tiny("a", SIDE, labels(CLASSES));
    Path encoder = tiny.input("encoder").resolve(EncoderFile.NAME);
    byte[] bytes = Files.readAllBytes(encoder);

    Files.write(encoder, Arrays.copyOf(bytes, bytes.length - 1));
    refused(tiny, ExitCode.DATA);
    Files.delete(encoder);
    refused(tiny, ExitCode.NO_INPUT);
  }

  private static void refused(TinyEvaluation tiny, ExitCode code) {
    assertThatThrownBy(() -> run(tiny, 1e-3))
        .hasMessageContaining(EncoderFile.NAME)
        .isInstanceOfSatisfying(StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(code));
  }

  /** The encoder is of four classes and of images of 16 pixels. */
  private TinyEvaluation tiny(String name, int side, Parts<int[]> labels) throws IOException {
    return tiny(name, side, labels, question -> false);
  }

  private TinyEvaluation tiny(String name, int side, Parts<int[]> labels, LongPredicate stop)
      throws IOException {
    PackedIndex trained =
        new TinyEvaluation(root.resolve(name + "-trained")).data(4, SIDE, labels(4));
    TinyEvaluation tiny = new TinyEvaluation(root.resolve(name), stop);
    tiny.data(CLASSES, side, labels);
    tiny.encoder(ENCODER, trained);
    return tiny;
  }

  private static StepReport run(TinyEvaluation tiny, double... penalties) {
    return run(tiny, DataFormat.IMAGE_FOLDER, penalties);
  }

  private static StepReport run(TinyEvaluation tiny, DataFormat format, double... penalties) {
    DataSpec data = new DataSpec("colours", format, null, null, null, SIDE, 0.1);
    List<Double> l2 = Arrays.stream(penalties).boxed().toList();
    return TransferStep.run(
        new StepRequest.Transfer(
            TinyEvaluation.header(StepKind.TRANSFER), ENCODER, new TransferSpec(data, l2)),
        tiny.workspace());
  }
}
