package dev.supcon.runner.linear;

import static dev.supcon.runner.train.TinyEvaluation.ENCODER;
import static dev.supcon.runner.train.TinyEvaluation.labels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.EncoderVariant;
import dev.supcon.contract.spec.LinearOptimizerSpec;
import dev.supcon.contract.spec.LinearOptimizerType;
import dev.supcon.contract.spec.LinearSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.checkpoint.SafeTensors;
import dev.supcon.runner.data.Parts;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.measure.Predictions;
import dev.supcon.runner.probe.ClassifierReport;
import dev.supcon.runner.probe.FeatureExtractor;
import dev.supcon.runner.probe.LinearClassifier;
import dev.supcon.runner.train.EncoderFile;
import dev.supcon.runner.train.FrozenEncoder;
import dev.supcon.runner.train.TinyEvaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearStepTest {
  private static final int CLASSES = 4;
  private static final int SIDE = 16;
  private static final LinearSpec SPEC = spec(false);

  @TempDir private Path root;

  private static LinearSpec spec(boolean normalizeInput) {
    return new LinearSpec(
        200,
        20,
        List.of(1e-6, 0.5, 5.0),
        0.9,
        0.0,
        new LinearOptimizerSpec(LinearOptimizerType.SGD, false, 0.001, 0.9, 0.001),
        0.0,
        null,
        0.0,
        normalizeInput);
  }

  @Test
  void separableFeaturesAreSeparatedAndTheEncoderIsLeftAlone() throws IOException {
    TinyEvaluation tiny = tiny("a", labels(CLASSES));
    Path encoder = tiny.input("encoder").resolve(EncoderFile.NAME);
    byte[] before = Files.readAllBytes(encoder);
    StepReport report = run(tiny);

    assertThat(report.metrics())
        .containsOnlyKeys(
            "classifier.test.top1",
            "classifier.test.top5",
            "classifier.test.meanPerClass",
            "classifier.test.nll",
            "classifier.test.brier",
            "classifier.test.ece",
            "classifier.test.adaptiveEce",
            "classifier.test.classwiseEce",
            "classifier.val.top1",
            "knn.test.top1",
            "retrieval.test.recallAt1",
            "retrieval.test.recallAt2",
            "retrieval.test.recallAt4",
            "retrieval.test.recallAt8",
            "retrieval.test.mapAtR");
    assertThat(report.metrics().get("classifier.test.top1")).isGreaterThan(0.7);
    // All 60 images vote, as 200 neighbours are asked for; an untrained encoder's are all alike.
    assertThat(report.metrics().get("knn.test.top1")).isGreaterThan(0.4);
    assertThat(Files.readAllBytes(encoder)).isEqualTo(before);
  }

  @Test
  void aClassifierOfUnitFeaturesSaysSoInItsFileAndInTheReport() throws IOException {
    TinyEvaluation tiny = tiny("a", labels(CLASSES));
    StepReport report =
        LinearStep.run(
            new StepRequest.Linear(
                TinyEvaluation.header(StepKind.LINEAR), null, ENCODER, spec(true)),
            tiny.workspace());

    LinearClassifier stored = LinearClassifier.read(tiny.output().resolve(LinearClassifier.FILE));
    assertThat(stored.normalizeInput()).isTrue();
    assertThat(report.facts())
        .containsEntry("classifier's input", "features divided by their length");
    assertThat(report.metrics().get("classifier.test.top1")).isGreaterThan(0.5);
    try (FrozenEncoder encoder = FrozenEncoder.open(tiny.workspace(), ENCODER)) {
      FeatureExtractor extractor = new FeatureExtractor(encoder.network(), () -> {});
      Predictions again = stored.predict(extractor.of(encoder.data().test()));
      assertThat(Accuracy.top(1, again)).isEqualTo(report.metrics().get("classifier.test.top1"));
    }
  }

  @Test
  void theSameRequestGivesTheSameBytes() throws IOException {
    TinyEvaluation first = tiny("a", labels(CLASSES));
    TinyEvaluation second = tiny("b", labels(CLASSES));

    assertThat(run(first)).isEqualTo(run(second));
    for (String file : new String[] {LinearClassifier.FILE, ClassifierReport.FILE}) {
      assertThat(second.output().resolve(file))
          .hasSameBinaryContentAs(first.output().resolve(file));
    }
  }

  @Test
  void testLabelsChooseNothing() throws IOException {
    TinyEvaluation honest = tiny("a", labels(CLASSES));
    Parts<int[]> plain = labels(CLASSES);
    int[] wrong = Arrays.stream(plain.test()).map(label -> (label + 1) % CLASSES).toArray();
    TinyEvaluation other = tiny("b", new Parts<>(plain.train(), plain.holdout(), wrong));
    StepReport honestly = run(honest);
    StepReport otherwise = run(other);

    assertThat(otherwise.metrics().get("classifier.test.top1")).isLessThan(0.25);
    assertThat(otherwise.metrics().get("classifier.val.top1"))
        .isEqualTo(honestly.metrics().get("classifier.val.top1"));
    assertThat(classifier(other)).isEqualTo(classifier(honest));
  }

  @Test
  void theHoldoutChoosesRateAndTemperature() throws IOException {
    Parts<int[]> plain = labels(CLASSES);
    StepReport honest = run(tiny("a", plain));
    int[] half = labels(24, i -> i % 8 < 4 ? i % CLASSES : (i + 1) % CLASSES);
    StepReport doubting = run(tiny("b", new Parts<>(plain.train(), half, plain.test())));

    assertThat(honest.facts().get("learning rate")).isNotEqualTo("1.0E-6");
    assertThat(honest.facts().get("holdout top-1 by learning rate"))
        .matches("1\\.0E-6: 0\\.\\d{4}; 0\\.5: [01]\\.\\d{4}; 5\\.0: [01]\\.\\d{4}");
    assertThat(Double.parseDouble(doubting.facts().getOrDefault("temperature", "")))
        .isGreaterThan(Double.parseDouble(honest.facts().getOrDefault("temperature", "")));
  }

  /** In each of its parts: features, training, neighbours. */
  @Test
  void askedToStopItEndsAtOnceAndWithoutAResult() throws IOException {
    TinyEvaluation whole = tiny("whole", labels(CLASSES));
    run(whole);
    long questions = whole.workspace().questions();
    assertThat(questions).isGreaterThan(SPEC.epochs());
    for (long when : new long[] {0, questions / 2, questions - 1}) {
      TinyEvaluation stopped = tiny("stopped" + when, labels(CLASSES), asked -> asked == when);

      assertThatThrownBy(() -> run(stopped))
          .hasMessageMatching("stopped while .*; start it again to go on")
          .isInstanceOfSatisfying(
              StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.RESUME));
      assertThat(stopped.workspace().questions()).isEqualTo(when + 1);
      assertThat(stopped.output()).isEmptyDirectory();
    }
  }

  @Test
  void aDamagedOrMissingEncoderIsRefused() throws IOException {
    TinyEvaluation tiny = tiny("a", labels(CLASSES));
    Path encoder = tiny.input("encoder").resolve(EncoderFile.NAME);
    byte[] bytes = Files.readAllBytes(encoder);

    Files.write(encoder, Arrays.copyOf(bytes, bytes.length / 2));
    refused(tiny, request(ENCODER), ExitCode.DATA, EncoderFile.NAME);
    Files.delete(encoder);
    refused(tiny, request(ENCODER), ExitCode.NO_INPUT, EncoderFile.NAME);
  }

  /** Where the words of a file name no variant, it is older than variants, and torchvision's. */
  @Test
  void anEncoderOfAnotherVariantIsRefused() throws IOException {
    TinyEvaluation tiny = tiny("a", labels(CLASSES));
    EncoderSpec authors =
        new EncoderSpec(
            ENCODER.architecture(),
            ENCODER.stem(),
            ENCODER.width(),
            ENCODER.precision(),
            EncoderVariant.AUTHORS_TF,
            null);
    refused(tiny, request(authors), ExitCode.DATA, "torchvision, the request says authorsTf");

    Path file = tiny.input("encoder").resolve(EncoderFile.NAME);
    SafeTensors written = SafeTensors.read(file);
    Map<String, String> words = new TreeMap<>(written.metadata());
    words.remove("variant");
    new SafeTensors(words, written.tensors()).write(file);
    refused(tiny, request(authors), ExitCode.DATA, "torchvision, the request says authorsTf");
    assertThat(run(tiny).metrics()).isNotEmpty();
  }

  @Test
  void anEncoderOfAnotherWidthOrImageSizeIsRefused() throws IOException {
    TinyEvaluation tiny = tiny("a", labels(CLASSES));
    EncoderSpec wider =
        new EncoderSpec(ENCODER.architecture(), ENCODER.stem(), 0.25, ENCODER.precision());
    refused(tiny, request(wider), ExitCode.DATA, "width 0.125, the request says 0.25");

    TinyEvaluation larger = new TinyEvaluation(root.resolve("larger"));
    larger.data(CLASSES, 2 * SIDE, labels(CLASSES));
    Path encoder = larger.input("encoder");
    Files.createDirectories(encoder);
    Files.copy(tiny.input("encoder").resolve(EncoderFile.NAME), encoder.resolve(EncoderFile.NAME));
    refused(larger, request(ENCODER), ExitCode.DATA, "images of 16 pixels");
  }

  private static void refused(
      TinyEvaluation tiny, StepRequest.Linear request, ExitCode code, String words) {
    assertThatThrownBy(() -> LinearStep.run(request, tiny.workspace()))
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(code));
  }

  private TinyEvaluation tiny(String name, Parts<int[]> labels) throws IOException {
    return tiny(name, labels, question -> false);
  }

  private TinyEvaluation tiny(String name, Parts<int[]> labels, LongPredicate stop)
      throws IOException {
    TinyEvaluation tiny = new TinyEvaluation(root.resolve(name), stop);
    tiny.encoder(ENCODER, tiny.data(CLASSES, SIDE, labels));
    return tiny;
  }

  private static StepReport run(TinyEvaluation tiny) {
    return LinearStep.run(request(ENCODER), tiny.workspace());
  }

  private static StepRequest.Linear request(EncoderSpec encoder) {
    return new StepRequest.Linear(TinyEvaluation.header(StepKind.LINEAR), null, encoder, SPEC);
  }

  private static byte[] classifier(TinyEvaluation tiny) throws IOException {
    return Files.readAllBytes(tiny.output().resolve(LinearClassifier.FILE));
  }
}
