package dev.supcon.runner.bench;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The Python with PyTorch that peers run in.
 *
 * @param python its executable
 * @param scripts the folder {@code dev/oracles}
 */
record OraclePython(Path python, Path scripts) {

  /**
   * {@code SUPCON_ORACLE_PYTHON}, else what {@code dev/oracles/setup} has built.
   *
   * @throws StepFailure NO_INPUT when there is none
   */
  static OraclePython find() {
    Path scripts = Path.of(System.getProperty("supcon.home", ""), "dev", "oracles");
    return Optional.ofNullable(System.getenv("SUPCON_ORACLE_PYTHON"))
        .or(() -> built(scripts))
        .map(Path::of)
        .filter(Files::isExecutable)
        .map(python -> new OraclePython(python, scripts))
        .orElseThrow(OraclePython::missing);
  }

  private static Optional<String> built(Path scripts) {
    Path setup = scripts.resolve("setup");
    if (!Files.isExecutable(setup)) {
      return Optional.empty();
    }
    try {
      Process process =
          new ProcessBuilder(setup.toString(), "--built")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String path = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(path.strip()).filter(found -> !found.isEmpty());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + setup, e);
    }
  }

  private static StepFailure missing() {
    return new StepFailure(
        ExitCode.NO_INPUT,
        "A bench needs its peer: run dev/oracles/setup in the source tree (6 GB), or set"
            + " SUPCON_ORACLE_PYTHON to a Python with torch and torchvision.");
  }
}
