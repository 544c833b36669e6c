package dev.supcon.runner.bench;

import dev.supcon.contract.spec.CorruptionType;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.imagenetc.Corruptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Corrupted images of 224 pixels a second, one thread; a step is one at each severity. */
final class CorruptionsBench {
  private static final int SIDE = 224;
  private static final int SEVERITIES = 5;
  private static final int WARM_UP = 40;

  private final Corruptions corruptions = new Corruptions(SIDE);
  private final byte[] image = image();
  private int number;

  private CorruptionsBench() {}

  /** Measures every type beside the imagecorruptions package. */
  static BenchResult run(Rounds rounds) {
    CorruptionsBench bench = new CorruptionsBench();
    List<BenchLine> lines = new ArrayList<>();
    String name = "";
    double idleLoad = 0;
    for (CorruptionType type : Corruptions.types()) {
      String snakeCase = type.name().toLowerCase(Locale.ROOT);
      try (PythonPeer peer =
          PythonPeer.start("bench_corruptions.py", List.of("--type=" + snakeCase))) {
        Duel duel = rounds.run(new OurSide(() -> bench.severities(type)).warm(WARM_UP), peer);
        lines.addAll(duel.lines("corruptions", snakeCase, "images", SEVERITIES));
        name = peer.name();
        idleLoad = Math.max(idleLoad, duel.idleLoad());
      }
    }
    return new BenchResult(name, idleLoad, lines);
  }

  private void severities(CorruptionType type) {
    for (int severity = 1; severity <= SEVERITIES; severity++) {
      corruptions.apply(type, severity, image, Corruptions.key(0, number++));
    }
  }

  /** A little noise on slopes. */
  private static byte[] image() {
    byte[] image = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < image.length; i++) {
      int slope = i / 3 % SIDE / 2 + i / (3 * SIDE) / 2;
      image[i] = (byte) (slope + 32 * CounterRandom.uniform(1, i));
    }
    return image;
  }
}
