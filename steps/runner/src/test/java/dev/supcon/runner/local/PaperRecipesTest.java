package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.plan.Planner;
import dev.supcon.contract.plan.ResolvedExperiment;
import dev.supcon.contract.spec.LinearSpec;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.runner.optim.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the recipes' files make of learning rates is what the paper's code makes of them. */
final class PaperRecipesTest {
  private static final Path FOLDER = Path.of("../../manifests/experiments/paper");

  /** File, N, epochs, peak and the linear stage's peak, as the table of README.md has them. */
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| \\[([a-z0-9-]+)]\\(\\1\\.yaml\\) \\| (\\d+) \\| (\\d+)"
              + " \\| ([\\d.]+) \\| ([\\d.]+|-) \\|");

  /** File and change. */
  private static final Pattern CHANGE =
      Pattern.compile("(?m)\\| ([a-z0-9-]+) \\| `--set '([^']+)'` \\|$");

  /** Steps of an epoch in the paper's code, which counts their fraction. */
  private static final double IMAGENET_STEPS = 1281167 / 6144.0;

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  static Stream<MatchResult> rows() throws IOException {
    return inReadme(ROW);
  }

  static Stream<MatchResult> changes() throws IOException {
    return inReadme(CHANGE);
  }

  private static Stream<MatchResult> inReadme(Pattern pattern) throws IOException {
    return pattern.matcher(Files.readString(FOLDER.resolve("README.md"))).results();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyRecipeIsAcceptedAndPlanned(Path file) {
    ExperimentFile recipe = ExperimentFile.read(file, List.of());
    String data = recipe.experiment().spec().data().name();
    List<String> steps =
        Planner.plan(
                new ResolvedExperiment(
                    recipe.name(), recipe.experiment(), Map.of(data, "digest"), "decoder"))
            .steps()
            .stream()
            .map(PlannedStep::name)
            .toList();

    assertThat(recipe.name() + ".yaml").isEqualTo(file.getFileName().toString());
    assertThat(steps)
        .isEqualTo(
            recipe.name().contains("crossentropy")
                ? List.of("augment", "pretrain")
                : List.of("augment", "pretrain", "linear"));
  }

  @Test
  void everyRecipeHasItsRow() throws IOException {
    assertThat(rows().map(row -> row.group(1) + ".yaml"))
        .containsExactlyInAnyOrderElementsOf(
            files().map(file -> file.getFileName().toString()).toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void batchEpochsAndPeaksAreThoseOfItsRow(MatchResult row) {
    ExperimentFile recipe = read(row.group(1));
    PretrainSpec pretrain = recipe.experiment().spec().pretrain();

    assertThat(pretrain.batchSize()).isEqualTo(Integer.parseInt(row.group(2)));
    assertThat(pretrain.epochs()).isEqualTo(Integer.parseInt(row.group(3)));
    assertThat(Schedule.of(pretrain, 1).peak())
        .isCloseTo(Double.parseDouble(row.group(4)), within(1e-12));
    assertThat(recipe.experiment().linear().map(LinearSpec::learningRates).orElse(List.of()))
        .isEqualTo(row.group(5).equals("-") ? List.of() : List.of(Double.valueOf(row.group(5))));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void everyChangeOfARecipeIsAccepted(MatchResult row) {
    Path file = FOLDER.resolve(row.group(1) + ".yaml");

    assertThat(ExperimentFile.read(file, List.of(row.group(2))).experiment().spec())
        .isNotEqualTo(read(row.group(1)).experiment().spec());
  }

  /** Steps and rates by the paper's TensorFlow code. */
  @Test
  void theCourseOfResNet50OnImageNetIsThePapers() {
    PretrainSpec recipe = pretrain("gr-imagenet-supcon-resnet50");
    long warmup = (long) (recipe.warmupEpochs() * IMAGENET_STEPS);
    long behind = (long) ((recipe.epochs() - recipe.warmupEpochs()) * IMAGENET_STEPS);
    Schedule rate =
        new Schedule(
            recipe.schedule(),
            Schedule.of(recipe, 1).peak(),
            new Schedule.Length(IMAGENET_STEPS, warmup, warmup + behind));

    assertThat((long) (recipe.epochs() * IMAGENET_STEPS)).isEqualTo(72_983);
    assertThat(warmup).isEqualTo(2502);
    assertThat(rate.at(1000)).isCloseTo(3.8369304556, within(1e-9));
    assertThat(rate.at(2502)).isCloseTo(9.6, within(1e-12));
    assertThat(rate.at(10_000)).isCloseTo(9.3344026801, within(1e-9));
    assertThat(rate.at(40_000)).isCloseTo(4.3177017791, within(1e-9));
  }

  /** The rate to which warm-up leads, of the middle epoch and of the last, by its PyTorch code. */
  @ParameterizedTest
  @CsvSource({
    "hl-cifar10-supcon, 0.4998767635, 500, 0.25025, 0.0005",
    "hl-cifar100-supcon, 0.4998767635, 500, 0.25025, 0.0005",
    "hl-cifar10-simclr, 0.4998767635, 500, 0.25025, 0.0005",
    "hl-cifar100-simclr, 0.4998767635, 500, 0.25025, 0.0005",
    "hl-cifar10-crossentropy, 0.7992114807, 250, 0.4004, 0.0008",
    "hl-cifar100-crossentropy, 0.7992114807, 250, 0.4004, 0.0008",
  })
  void theCoursesOnCifarArePyTorchs(
      String name, double target, int middle, double rateThere, double last) {
    int batches = 50_000 / 1024;
    PretrainSpec recipe = pretrain(name);
    Schedule rate = Schedule.of(recipe, batches);
    long warmup = 10L * batches;
    double ascent = (rate.at(warmup - 1) - rate.at(0)) / (warmup - 1);

    assertThat(rate.at(0)).isEqualTo(0.01);
    assertThat(rate.at(0) + ascent * warmup).isCloseTo(target, within(1e-9));
    assertThat(rate.at(warmup)).isLessThan(target);
    assertThat(rate.at((long) middle * batches - 1)).isCloseTo(rateThere, within(1e-12));
    assertThat(rate.at((long) recipe.epochs() * batches - 1)).isCloseTo(last, within(1e-12));
  }

  /** Times 0.2 after 60, 75 and 90 epochs. */
  @ParameterizedTest
  @CsvSource({"hl-cifar10-supcon, 5", "hl-cifar100-simclr, 1", "gr-cifar10-supcon, 40"})
  void theSecondStageOnCifarFallsThreeTimes(String name, double peak) {
    Schedule rate = linear(name);

    assertThat(Stream.of(0, 59, 60, 75, 90, 99).map(epoch -> rate.at(10L * epoch) / peak))
        .usingElementComparator(PaperRecipesTest::nearly)
        .containsExactly(1.0, 1.0, 0.2, 0.04, 0.008, 0.008);
  }

  private static int nearly(double one, double other) {
    return Math.abs(one - other) < 1e-12 ? 0 : Double.compare(one, other);
  }

  /** 12 epochs up to 1.2, then times 0.97 each half epoch. */
  @Test
  void theSecondStageOnImageNetIsAStaircase() {
    Schedule rate = linear("gr-imagenet-supcon-resnet50");

    assertThat(rate.at(60)).isCloseTo(0.6, within(1e-12));
    assertThat(rate.at(124)).isCloseTo(1.2, within(1e-12));
    assertThat(rate.at(125)).isCloseTo(1.2 * 0.97, within(1e-12));
    assertThat(rate.at(899)).isCloseTo(1.2 * Math.pow(0.97, 155), within(1e-12));
  }

  /** With ten steps an epoch. */
  private static Schedule linear(String name) {
    LinearSpec spec = read(name).experiment().linear().orElseThrow();
    return new Schedule(
        Objects.requireNonNull(spec.schedule()),
        spec.learningRates().getFirst(),
        Schedule.Length.of(10, spec.warmupEpochs(), spec.epochs()));
  }

  private static PretrainSpec pretrain(String name) {
    return read(name).experiment().spec().pretrain();
  }

  private static ExperimentFile read(String name) {
    return ExperimentFile.read(FOLDER.resolve(name + ".yaml"), List.of());
  }
}
