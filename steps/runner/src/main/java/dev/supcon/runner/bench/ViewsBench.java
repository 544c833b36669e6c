package dev.supcon.runner.bench;

import dev.supcon.contract.spec.ViewSpec;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.data.PackedSplit;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.view.NamedPolicy;
import dev.supcon.runner.view.ViewLoader;
import dev.supcon.runner.view.Views;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Views a second of the loader, from images in memory to batches; a step is an epoch. */
final class ViewsBench {
  private static final int VIEWS_PER_IMAGE = 2;
  private static final int WARM_UP = 4;

  /** Nothing of a photograph is lost by packing at this side. */
  private static final int PHOTOGRAPH = 400;

  private final Case kase;
  private final byte[] pixels;
  private int epoch;

  /**
   * What is measured.
   *
   * @param stored side of the images in memory
   * @param side of a view
   */
  private record Case(int stored, int side, int images, int batch, ViewSpec policy) {
    int views() {
      return images * VIEWS_PER_IMAGE;
    }

    String name() {
      return stored == side ? side + " px" : side + " of " + stored + " px";
    }
  }

  /** The policy at 32 pixels, SimAugment as for CIFAR, and at 224 of 400 pixels. */
  private static List<Case> cases(NamedPolicy policy, NamedPolicy.@Nullable Semantics semantics) {
    NamedPolicy small = policy == NamedPolicy.sim ? NamedPolicy.simCifar : policy;
    return List.of(
        new Case(32, 32, 2048, 256, small.spec(semantics)),
        new Case(PHOTOGRAPH, 224, 128, 32, policy.spec(semantics)));
  }

  private ViewsBench(Case kase) {
    this.kase = kase;
    this.pixels = pixels(kase);
  }

  /** Measures both sizes; the peer has torchvision's semantics whatever ours are. */
  static BenchResult run(
      NamedPolicy policy, NamedPolicy.@Nullable Semantics semantics, Rounds rounds) {
    List<BenchLine> lines = new ArrayList<>();
    String name = "";
    double idleLoad = 0;
    for (Case kase : cases(policy, semantics)) {
      BenchResult result = new ViewsBench(kase).duel(rounds);
      lines.addAll(result.lines());
      name = result.peer();
      idleLoad = Math.max(idleLoad, result.idleLoad());
    }
    return new BenchResult(name, idleLoad, lines);
  }

  private BenchResult duel(Rounds rounds) {
    Path file = write();
    try (PythonPeer peer = PythonPeer.start("bench_views.py", arguments(file))) {
      Duel duel = rounds.run(new OurSide(this::epoch).warm(WARM_UP), peer);
      return new BenchResult(
          peer.name(), duel.idleLoad(), duel.lines("views", kase.name(), "views", kase.views()));
    } finally {
      delete(file);
    }
  }

  private List<String> arguments(Path file) {
    ViewSpec policy = kase.policy();
    return List.of(
        "--images=" + file,
        "--stored=" + kase.stored(),
        "--side=" + kase.side(),
        "--policy=" + policy.policy().name(),
        "--batch=" + kase.batch(),
        "--threads=" + TorchEngine.threads(),
        "--smallest=" + policy.cropAreaMin(),
        "--strength=" + policy.jitterStrength(),
        "--blur=" + policy.blurProbability());
  }

  private void epoch() {
    PackedSplit split = PackedSplit.of(kase.stored(), pixels, new int[kase.images()]);
    Views views = new Views(kase.policy(), kase.side(), 0);
    ViewLoader.Plan plan =
        new ViewLoader.Plan(epoch++, 0, kase.batch(), VIEWS_PER_IMAGE, TorchEngine.threads(), true);
    try (ViewLoader loader = new ViewLoader(split, views, plan)) {
      loader.forEachRemaining(batch -> {});
    }
  }

  /** Soft spots of colour with a little noise, so that neither side meets flat or random planes. */
  private static byte[] pixels(Case kase) {
    int side = kase.stored();
    byte[] pixels = new byte[3 * side * side * kase.images()];
    for (int i = 0; i < pixels.length; i++) {
      int column = i / 3 % side;
      int row = i / (3 * side) % side;
      long image = i / (3L * side * side) * 3 + i % 3;
      double x = CounterRandom.uniform(1, image) - (double) column / side;
      double y = CounterRandom.uniform(2, image) - (double) row / side;
      double noise = CounterRandom.uniform(3, i) - 0.5;
      pixels[i] = (byte) Math.clamp(Math.round(255 * (1 - x * x - y * y) + 16 * noise), 0, 255);
    }
    return pixels;
  }

  private Path write() {
    try {
      return Files.write(Files.createTempFile("supcon-bench", ".rgb"), pixels);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the images for the peer", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
