package dev.supcon.runner.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.step.ContractJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A script of {@code dev/oracles} that stays open beside us, so that its steps and ours alternate.
 * Its environment is a PyTorch user's: none of the settings that the launcher gives our process.
 */
final class PythonPeer implements AutoCloseable {
  private static final List<String> OURS =
      List.of(
          "MALLOC_MMAP_THRESHOLD_",
          "MALLOC_TRIM_THRESHOLD_",
          "MALLOC_TOP_PAD_",
          "GLIBC_TUNABLES",
          "OMP_WAIT_POLICY");

  private final Process process;
  private final Writer in;
  private final BufferedReader out;

  private PythonPeer(Process process) {
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a script; empty when {@code SUPCON_ORACLE_PYTHON} names no Python with PyTorch. */
  static Optional<PythonPeer> start(String script, List<String> arguments) {
    String python = System.getenv("SUPCON_ORACLE_PYTHON");
    Path file = Path.of("dev/oracles", script);
    if (python == null || !Files.exists(file)) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(python, file.toString(), "--serve"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    OURS.forEach(builder.environment()::remove);
    try {
      PythonPeer peer = new PythonPeer(builder.start());
      peer.answer();
      return Optional.of(peer);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  /** Milliseconds of each of so many steps. */
  List<Double> steps(int count) {
    try {
      in.write("step " + count + "\n");
      in.flush();
      return StreamSupport.stream(answer().path("ms").spliterator(), false)
          .map(JsonNode::asDouble)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the Python peer ended", e);
    }
  }

  private JsonNode answer() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("no answer");
    }
    return ContractJson.MAPPER.readTree(line);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
