package dev.supcon.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceFileTest {

  @Test
  void linesParametersImportsAndCatchesAreCounted(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("A.java"),
            """
            import static dev.supcon.contract.spec.Stem.CIFAR;
            import static dev.supcon.contract.spec.Stem.IMAGENET;
            import dev.supcon.contract.spec.DataSpec;
            import java.util.List;
            record A(int a, int b, int c, int d, int e, int f) {
              A {
                if (a > 1) {
                  throw new IllegalStateException();
                }
              }
              int sum(int x) {
                try { return x; } catch (Exception e) { return 0; }
              }
              int one() { return 1; }
            }
            """);

    SourceFile measured = SourceFile.parse(List.of(file)).getFirst();

    assertThat(measured.lines()).isEqualTo(15);
    assertThat(measured.ownImports()).isEqualTo(2);
    assertThat(measured.broadCatches()).containsExactly("Exception");
    assertThat(measured.methods())
        .containsExactly(
            new SourceFile.Method("<init>", 3, 0),
            new SourceFile.Method("sum", 1, 1),
            new SourceFile.Method("one", 1, 0));
  }
}
