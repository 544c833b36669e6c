package dev.supcon.operator.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** kubectl-supcon, as a researcher calls it. */
record Plugin(Path folder, String path) {
  private static final String FILE = "operator/kubectl/kubectl-supcon";

  /**
   * What it said.
   *
   * @param code its exit code
   */
  record Answer(int code, String out, String err) {}

  /** With a kubectl of the test's in front of everything else. */
  static Plugin withKubectlIn(Path folder) {
    return new Plugin(folder, folder + ":" + System.getenv("PATH"));
  }

  Answer run(String... arguments) {
    try {
      Process process = start(arguments);
      int code = process.waitFor();
      return new Answer(code, said("out"), said("err"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Process start(String... arguments) throws IOException {
    List<String> command = Stream.concat(Stream.of("bash", FILE), Stream.of(arguments)).toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Command.ROOT.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("PATH", path);
    return builder.start();
  }

  String said(String stream) throws IOException {
    return Files.readString(folder.resolve(stream), StandardCharsets.UTF_8);
  }
}
