package dev.supcon.runner.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A script of {@code dev/oracles} that stays open beside us, so that its steps and ours alternate.
 * Its environment is a PyTorch user's: none of the settings that the launcher gives our process.
 */
final class PythonPeer implements Contestant, AutoCloseable {
  private static final List<String> OURS =
      List.of(
          "MALLOC_MMAP_THRESHOLD_",
          "MALLOC_TRIM_THRESHOLD_",
          "MALLOC_ARENA_MAX",
          "GLIBC_TUNABLES",
          "OMP_WAIT_POLICY");

  private final String script;
  private final Process process;
  private final Writer in;
  private final BufferedReader out;
  private String name = "";
  private double peakMegabytes;

  private PythonPeer(String script, Process process) {
    this.script = script;
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a script and waits until it is warm.
   *
   * @throws StepFailure NO_INPUT when no Python is there, or the script ends
   */
  static PythonPeer start(String script, List<String> arguments) {
    OraclePython oracle = OraclePython.find();
    List<String> command = new ArrayList<>();
    command.add(oracle.python().toString());
    command.add(oracle.scripts().resolve(script).toString());
    command.add("--serve");
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    OURS.forEach(builder.environment()::remove);
    try {
      PythonPeer peer = new PythonPeer(script, builder.start());
      peer.name = peer.answer().path("peer").asText();
      return peer;
    } catch (IOException e) {
      throw ended(script, e);
    }
  }

  /** Its versions, such as {@code torch 2.7.1}. */
  String name() {
    return name;
  }

  @Override
  public List<Double> steps(int count) {
    try {
      in.write("step " + count + "\n");
      in.flush();
      JsonNode answer = answer();
      peakMegabytes = answer.path("peakMb").asDouble();
      return StreamSupport.stream(answer.path("ms").spliterator(), false)
          .map(JsonNode::asDouble)
          .toList();
    } catch (IOException e) {
      throw ended(script, e);
    }
  }

  /** Growth of its peak memory by its steps, in MB; 0 where the script does not say. */
  double peakMegabytes() {
    return peakMegabytes;
  }

  /** With that of its worker processes. */
  @Override
  public Duration processorTime() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private JsonNode answer() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("no answer");
    }
    return ContractJson.MAPPER.readTree(line);
  }

  private static StepFailure ended(String script, IOException cause) {
    return new StepFailure(
        ExitCode.NO_INPUT,
        script + " ended before its time (" + cause.getMessage() + "); its reason stands above.",
        cause);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
