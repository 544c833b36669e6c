package dev.supcon.runner.bench;

import dev.supcon.runner.torchscript.TorchEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a time depends on beside the code.
 *
 * @param threads inside an operation, and of a loader, on both sides
 * @param load of the last minute before the bench, in running programs; 0 on a quiet machine
 */
record Machine(String processor, int cores, int threads, String engine, String java, double load) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  static Machine here() {
    return new Machine(
        model(),
        Runtime.getRuntime().availableProcessors(),
        TorchEngine.threads(),
        "libtorch " + TorchEngine.version(),
        "Java " + Runtime.version().feature(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String model() {
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(Machine::withoutModel);
    } catch (IOException e) {
      return withoutModel(); // Not Linux: the architecture is all that is known.
    }
  }

  private static String withoutModel() {
    return System.getProperty("os.arch");
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %d threads, load %.1f before; ours: %s, %s",
        processor,
        cores,
        threads,
        load,
        engine,
        java);
  }
}
