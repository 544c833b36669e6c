package dev.supcon.runner.train;

import dev.supcon.runner.torchscript.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What bits depend on beside the request. Within one profile a run repeats bit by bit; across two
 * it does not promise to.
 *
 * @param engine libtorch's version
 * @param threads inside an operation: they split sums
 * @param processor instructions among which libtorch and oneDNN choose their kernels
 */
public record NumericProfile(String engine, int threads, String processor) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** ATen's and oneDNN's dispatch (aten/src/ATen/native/DispatchStub.cpp, oneDNN cpu_isa_t). */
  private static final List<String> FEATURES =
      List.of("avx2", "fma", "avx512f", "avx512bw", "avx512_vnni", "avx512_bf16", "amx_bf16");

  /** The profile of this process. */
  public static NumericProfile here() {
    return new NumericProfile(
        "libtorch " + TorchEngine.version(), TorchEngine.threads(), features());
  }

  /** One line, for states and reports. */
  public String text() {
    return String.format(Locale.ROOT, "%s, %d threads, %s", engine, threads, processor);
  }

  private static String features() {
    String architecture = System.getProperty("os.arch");
    try (var lines = Files.lines(CPU_INFO)) {
      TreeSet<String> flags =
          lines
              .filter(line -> line.startsWith("flags"))
              .limit(1)
              .flatMap(line -> Arrays.stream(line.split("\\s+")))
              .filter(FEATURES::contains)
              .collect(Collectors.toCollection(TreeSet::new));
      return flags.isEmpty() ? architecture : architecture + " " + String.join(" ", flags);
    } catch (IOException e) {
      return architecture; // Not Linux: the architecture is all that is known.
    }
  }
}
