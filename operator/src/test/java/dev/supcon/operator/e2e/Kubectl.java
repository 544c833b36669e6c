package dev.supcon.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a user types. Each command must end well; what it prints is the answer. */
final class Kubectl {
  /** The repository's root. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Kubectl() {}

  static String run(String... arguments) {
    return feed("", arguments);
  }

  /** With text as its input. */
  static String feed(String input, String... arguments) {
    List<String> command = Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toList();
    try {
      Process process =
          new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true).start();
      try (var out = process.getOutputStream()) {
        out.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s: %s", command, answer).isZero();
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException("kubectl is not in PATH", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
