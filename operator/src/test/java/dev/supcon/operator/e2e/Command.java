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
    Answer answer = answer(words, input);
    assertThat(answer.code()).as("%s: %s", words, answer.text()).isZero();
    return answer.text();
  }

  /** One that must not end well. */
  static String refused(List<String> words) {
    Answer answer = answer(words, "");
    assertThat(answer.code()).as("%s: %s", words, answer.text()).isNotZero();
    return answer.text();
  }

  private static Answer answer(List<String> words, String input) {
    try {
      Process process =
          new ProcessBuilder(words).directory(ROOT.toFile()).redirectErrorStream(true).start();
      try (var out = process.getOutputStream()) {
        out.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), text);
    } catch (IOException e) {
      throw new IllegalStateException(words.getFirst() + " does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private record Answer(int code, String text) {}
}
