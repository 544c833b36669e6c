package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ExperimentFileTest {
  private static final Path MALFORMED = Path.of("src/test/resources/malformed");
  private static final Path EXAMPLES = Path.of("../../manifests/experiments");
  private static final String EXPECTED = "#! ";

  static Stream<Path> malformed() throws IOException {
    return yamlFiles(MALFORMED);
  }

  static Stream<Path> examples() throws IOException {
    return yamlFiles(EXAMPLES);
  }

  private static Stream<Path> yamlFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  /** Each file begins with the lines that it must cause; FILE stands for its own path. */
  @ParameterizedTest
  @MethodSource("malformed")
  void everyFaultOfAMalformedFileIsOneLine(Path file) throws IOException {
    List<String> expected =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith(EXPECTED))
            .map(line -> line.substring(EXPECTED.length()).replace("FILE", file.toString()))
            .toList();

    StepFailure failure = failure(file, List.of());

    assertThat(String.valueOf(failure.getMessage()).lines()).containsExactlyElementsOf(expected);
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void atLeastFortyFilesAreMalformed() throws IOException {
    assertThat(malformed().count()).isGreaterThanOrEqualTo(40);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsAccepted(Path file) {
    assertThat(ExperimentFile.read(file, List.of()).name() + ".yaml")
        .endsWith(file.getFileName().toString());
  }

  @Test
  void aChangeIsThatFieldsValue() {
    ExperimentFile changed =
        ExperimentFile.read(
            EXAMPLES.resolve("quickstart.yaml"),
            List.of(
                "spec.pretrain.optimizer.weightDecay=1e-3",
                "linear.learningRates=[1, 2]",
                "linear.learningRates[2]=3",
                "transfer[0].data.imageSize=64",
                "corruption=null",
                "metadata.name=other"));

    assertThat(changed.name()).isEqualTo("other");
    var spec = changed.experiment().spec();
    assertThat(spec.pretrain().optimizer().weightDecay()).isEqualTo(1e-3);
    assertThat(changed.experiment().linear().orElseThrow().learningRates())
        .containsExactly(1.0, 2.0, 3.0);
    assertThat(spec.transfer().getFirst().data().imageSize()).isEqualTo(64);
    assertThat(spec.corruption()).isNull();
  }

  @Test
  void aChangedFileReadsBackAsTheSameExperiment(@TempDir Path folder) throws IOException {
    ExperimentFile changed =
        ExperimentFile.read(
            EXAMPLES.resolve("quickstart.yaml"),
            List.of("projection=null", "pretrain.loss={type: crossEntropy}"));
    Path copy = Files.writeString(folder.resolve("copy.yaml"), changed.yaml());

    assertThat(changed.experiment().spec().pretrain().loss().type())
        .isEqualTo(LossType.CROSS_ENTROPY);
    assertThat(ExperimentFile.read(copy, List.of()).experiment().spec())
        .isEqualTo(changed.experiment().spec());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pretrain.epoch=3 | spec.pretrain.epoch: is not a field; did you mean epochs?",
        "nothing | --set nothing: is not PATH=VALUE; write one, such as spec.pretrain.epochs=4",
        "seed.low=1 | --set seed.low=1: 'seed' has no fields; write the path of a field",
        "transfer[7].l2=[1] | --set transfer[7].l2=[1]: '7' is no place in a list",
        "transfer.first=1 | --set transfer.first=1: 'first' is no place in a list",
        "seed=[1 | --set seed=[1, line 1, column 3: expected ',' or ']'",
        "pretrain.epochs=ten | spec.pretrain.epochs: is \"ten\", not a whole number",
      })
  void aWrongChangeIsAFault(String change, String line) {
    Path file =
        Stream.of("seed.low=1").anyMatch(change::equals)
            ? MALFORMED.resolve("range-negative-seed.yaml")
            : EXAMPLES.resolve("quickstart.yaml");

    assertThat(failure(file, List.of(change)).getMessage()).startsWith(line);
  }

  @Test
  void aFileThatDoesNotExistIsNoInput() {
    assertThatThrownBy(() -> ExperimentFile.read(Path.of("nowhere.yaml"), List.of()))
        .isInstanceOfSatisfying(
            StepFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_INPUT))
        .hasMessageContaining("nowhere.yaml does not exist");
  }

  private static StepFailure failure(Path file, List<String> changes) {
    return catchThrowableOfType(StepFailure.class, () -> ExperimentFile.read(file, changes));
  }
}
