package dev.supcon.operator.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Processor time of each process that takes part: unlike a clock on the wall it hardly depends on
 * what else the machine does.
 */
final class Processors {
  private final Map<String, ProcessHandle> processes = new TreeMap<>();

  /**
   * @param cluster its folder, with the numbers of its processes
   */
  Processors(Path cluster, ProcessHandle operator) {
    try (Stream<Path> numbers = Files.list(cluster.resolve("pid"))) {
      numbers.forEach(file -> add(file.getFileName().toString(), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    add("minio", cluster.resolve("servers/minio.pid"));
    processes.put("bench", ProcessHandle.current());
    processes.put("operator", operator);
  }

  private void add(String name, Path file) {
    try {
      long number = Long.parseLong(Files.readString(file).strip().split("\\s", 2)[0]);
      ProcessHandle.of(number).ifPresent(process -> processes.put(name, process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Seconds so far, by name. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = new TreeMap<>();
    processes.forEach(
        (name, process) ->
            process
                .info()
                .totalCpuDuration()
                .ifPresent(time -> seconds.put(name, time.toMillis() / 1e3)));
    return seconds;
  }
}
