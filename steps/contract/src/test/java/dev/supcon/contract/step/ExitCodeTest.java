package dev.supcon.contract.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void everyCodeStandsInTheDocs() throws IOException {
    String docs = Files.readString(Path.of("../../docs/exit-codes.md"));

    assertThat(ExitCode.values())
        .allSatisfy(
            code ->
                assertThat(docs)
                    .contains("| " + code.code() + " | " + code + " | " + code.meaning() + " |"));
  }

  @Test
  void codesAreDistinct() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code)).doesNotHaveDuplicates();
  }
}
