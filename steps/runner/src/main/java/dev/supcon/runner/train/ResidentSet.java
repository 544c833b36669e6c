package dev.supcon.runner.train;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** This process's memory as Linux counts it (proc(5)). */
public final class ResidentSet {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR_REFS = Path.of("/proc/self/clear_refs");

  private ResidentSet() {}

  /** Whether this system counts it: Linux does. */
  public static boolean isCounted() {
    return Files.isReadable(STATUS);
  }

  /** Sets the high-water mark back to what is resident now. */
  public static void forgetPeak() {
    try {
      Files.writeString(CLEAR_REFS, "5");
    } catch (IOException e) {
      throw new UncheckedIOException("peak memory is measured on Linux only", e);
    }
  }

  /** The high-water mark in MB of 1,000,000 bytes. */
  public static double peakMegabytes() {
    try {
      return peakMegabytes(Files.readAllLines(STATUS));
    } catch (IOException e) {
      throw new UncheckedIOException("peak memory is measured on Linux only", e);
    }
  }

  /** Memory of the machine. */
  public static long machineBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /**
   * {@link #peakMegabytes()} from the lines of {@code /proc/self/status}; its kB are 1024 bytes.
   */
  static double peakMegabytes(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToDouble(kibibytes -> Long.parseLong(kibibytes) * 1024 / 1e6)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no VmHWM among " + status));
  }
}
