package dev.supcon.runner;

import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.report.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, which can be killed. */
final class ChildRun implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 240;

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildRun(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts {@code supcon} as its launcher does.
   *
   * @param folder for what it prints and for its temporary files
   */
  static ChildRun start(Path folder, String... arguments) throws IOException {
    return start(new ProcessBuilder(command(folder, arguments)), folder);
  }

  /** Starts a prepared process, whatever its command. */
  static ChildRun start(ProcessBuilder builder, Path folder) throws IOException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    builder.environment().put("MALLOC_MMAP_THRESHOLD_", "1073741824");
    builder.environment().put("MALLOC_TRIM_THRESHOLD_", "4294967296");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new ChildRun(process, out, err);
  }

  /** The words of the command that starts it. */
  static List<String> command(Path folder, String... arguments) throws IOException {
    return command(Main.class, folder, arguments);
  }

  /** The same for another entry point. */
  static List<String> command(Class<?> main, Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("jvm.options").toAbsolutePath());
    command.add("-Djava.io.tmpdir=" + temporary(folder));
    command.add("-Dai.djl.pytorch.num_threads=1"); // two wait for each other on a busy machine
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Where it makes its temporary files. */
  static Path temporary(Path folder) throws IOException {
    return Files.createDirectories(folder.resolve("tmp"));
  }

  boolean alive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end. */
  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still running: " + said());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** What it said on the error output. */
  String said() {
    return text(err);
  }

  /** What it said on the standard output. */
  String told() {
    return text(out);
  }

  /** Of {@code run --json}. */
  RunResult result() throws IOException {
    return ContractJson.read(told().strip(), RunResult.class);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
