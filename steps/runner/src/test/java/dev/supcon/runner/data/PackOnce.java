package dev.supcon.runner.data;

import dev.supcon.contract.step.StepFailure;
import java.nio.file.Path;
import java.util.Optional;

/** Packs a folder in a process of its own, whose limits a test may choose. */
final class PackOnce {
  private PackOnce() {}

  /**
   * @param args source and output
   */
  public static void main(String[] args) {
    try {
      Packing.pack(PackingTest.SPEC, Optional.of(Path.of(args[0])), Path.of(args[1]), done -> {});
    } catch (StepFailure e) {
      System.out.println(e.getMessage());
      System.exit(e.exitCode().code());
    }
  }
}
