package dev.supcon.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sizes that the house style allows. */
final class BudgetTest {
  private static List<SourceFile> files = List.of();
  private static List<SourceFile> code = List.of();

  @BeforeAll
  static void read() throws IOException {
    files = SourceFile.all();
    code = files.stream().filter(file -> !isPackageInfo(file)).toList();
  }

  private static boolean isPackageInfo(SourceFile file) {
    return file.path().endsWith("package-info.java");
  }

  @Test
  void aFileHasAtMost300Lines() {
    assertThat(over(code, SourceFile::lines, 300)).isEmpty();
  }

  @Test
  void halfOfTheFilesHaveAtMost70LinesAndNineOfTen180() {
    int[] lines = code.stream().mapToInt(SourceFile::lines).sorted().toArray();

    assertThat(quantile(lines, 0.5)).as("median of the files' lines").isLessThanOrEqualTo(70);
    assertThat(quantile(lines, 0.9))
        .as("p90 of the files' lines; longest: %s", over(code, SourceFile::lines, 150))
        .isLessThanOrEqualTo(180);
  }

  @Test
  void aMethodHasAtMost40LinesAndNineOfTen15() {
    assertThat(methods(method -> method.lines() > 40)).as("methods over 40 lines").isEmpty();

    int[] lines =
        code.stream()
            .flatMap(file -> file.methods().stream())
            .mapToInt(SourceFile.Method::lines)
            .sorted()
            .toArray();
    assertThat(quantile(lines, 0.9)).as("p90 of the methods' lines").isLessThanOrEqualTo(15);
  }

  @Test
  void aMethodHasAtMost5Parameters() {
    assertThat(methods(method -> method.parameters() > 5)).isEmpty();
  }

  @Test
  void aFileImportsAtMost12OfOurClasses() {
    assertThat(over(code, SourceFile::ownImports, 12)).isEmpty();
  }

  /** Exceptions are caught where one can act; only a step's process catches what nobody foresaw. */
  @Test
  void nobodyCatchesEverythingButStepMain() {
    assertThat(code)
        .filteredOn(file -> !file.path().endsWith("StepMain.java"))
        .allSatisfy(file -> assertThat(file.broadCatches()).as("%s", file.path()).isEmpty());
  }

  @Test
  void everyPackageSaysItsPurposeAndIsNullMarked() throws IOException {
    for (SourceFile file : code) {
      var info = Path.of("../..").resolve(file.path()).resolveSibling("package-info.java");
      assertThat(info).exists();
      assertThat(Files.readString(info)).as("%s", info).startsWith("/**").contains("@NullMarked");
    }
  }

  private static List<String> over(
      List<SourceFile> files, ToIntFunction<SourceFile> measure, int limit) {
    return files.stream()
        .filter(file -> measure.applyAsInt(file) > limit)
        .map(file -> file.path() + ": " + measure.applyAsInt(file) + ", not more than " + limit)
        .toList();
  }

  private static List<String> methods(Predicate<SourceFile.Method> wrong) {
    return code.stream()
        .flatMap(
            file ->
                file.methods().stream().filter(wrong).map(method -> file.path() + ": " + method))
        .toList();
  }

  private static int quantile(int[] sorted, double fraction) {
    return sorted[(int) Math.ceil(fraction * sorted.length) - 1];
  }
}
