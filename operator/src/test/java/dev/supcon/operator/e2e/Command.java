package dev.supcon.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a person types. It must end well; what it prints is the answer. */
final class Command {
  /** The repository's root. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Command() {}

  static String run(List<String> words) {
    return run(words, "");
  }

  static String run(List<String> words, String input) {
    try {
      Process process =
          new ProcessBuilder(words).directory(ROOT.toFile()).redirectErrorStream(true).start();
      try (var out = process.getOutputStream()) {
        out.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s: %s", words, answer).isZero();
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException(words.getFirst() + " does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
