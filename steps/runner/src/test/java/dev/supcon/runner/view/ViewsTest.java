package dev.supcon.runner.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.supcon.contract.spec.ViewPolicy;
import dev.supcon.contract.spec.ViewSemantics;
import dev.supcon.contract.spec.ViewSpec;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.data.Picture;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final int SIDE = 32;
  private static final int DRAWS = 24_000;
  private static final ViewSpec BLURRING = new ViewSpec(0.2, 1.0, 0.5, 0.5, 0.8, 0.2, 0.5);

  private static final List<ViewPolicy> POLICIES =
      List.of(
          ViewPolicy.SIM_AUGMENT,
          ViewPolicy.AUTO_AUGMENT,
          ViewPolicy.RAND_AUGMENT,
          ViewPolicy.STACKED_RAND_AUGMENT);

  private final Picture image = Picture.square(noise(), SIDE);

  @Test
  void aViewIsAFunctionOfSeedAndId() {
    byte[] first = view(new Views(BLURRING, SIDE, 7), new ViewId(1, 2, 0));
    assertThat(view(new Views(BLURRING, SIDE, 7), new ViewId(1, 2, 0))).isEqualTo(first);
    assertThat(view(new Views(BLURRING, SIDE, 8), new ViewId(1, 2, 0))).isNotEqualTo(first);
    assertThat(view(new Views(BLURRING, SIDE, 7), new ViewId(2, 2, 0))).isNotEqualTo(first);
    assertThat(view(new Views(BLURRING, SIDE, 7), new ViewId(1, 3, 0))).isNotEqualTo(first);
    assertThat(view(new Views(BLURRING, SIDE, 7), new ViewId(1, 2, 1))).isNotEqualTo(first);
  }

  @Test
  void probabilitiesAreThoseOfThePolicy() {
    assertThat(share(DrawnView::flip)).isCloseTo(0.5, within(0.015));
    assertThat(share(v -> !v.jitter().equals(ColorJitter.NONE))).isCloseTo(0.8, within(0.012));
    assertThat(share(DrawnView::grayscale)).isCloseTo(0.2, within(0.012));
    assertThat(share(v -> v.blurSigma() > 0)).isCloseTo(0.5, within(0.015));
    assertThat(share(v -> v.grayscale() && v.flip() && v.blurSigma() > 0))
        .as("independent of each other")
        .isCloseTo(0.05, within(0.007));
  }

  @Test
  void onlySimAugmentAndItsStackJitterWarpAndBlur() {
    for (ViewPolicy policy : List.of(ViewPolicy.AUTO_AUGMENT, ViewPolicy.RAND_AUGMENT)) {
      assertThat(draws(ViewsOf.policy(policy, ViewSemantics.AUTHORS_TF)))
          .allMatch(v -> v.jitter().equals(ColorJitter.NONE) && !v.grayscale())
          .allMatch(v -> v.warp().equals(DrawnWarp.NONE) && v.blurSigma() == 0);
    }
    assertThat(draws(ViewsOf.policy(ViewPolicy.STACKED_RAND_AUGMENT, ViewSemantics.AUTHORS_TF)))
        .allMatch(v -> v.operations().size() == 2)
        .anyMatch(v -> !v.jitter().equals(ColorJitter.NONE))
        .anyMatch(DrawnView::grayscale);
    assertThat(draws(BLURRING)).allMatch(v -> v.operations().isEmpty());
  }

  @Test
  void warpsAreAsLongAsThePapersAndTheirMovesNormal() {
    List<DrawnWarp> warps = draws(ViewsOf.warping()).stream().map(DrawnView::warp).toList();
    assertUniform(warps.stream().mapToDouble(DrawnWarp::length).toArray(), 0, 23);
    double[] moves = warps.stream().mapToDouble(w -> w.move(5) / w.length()).toArray();
    double[] below = Arrays.stream(moves).map(m -> m < -1 ? 1 : 0).toArray();
    assertThat(Arrays.stream(moves).average().orElse(1)).isCloseTo(0, within(0.025));
    assertThat(Arrays.stream(below).average().orElse(0)).isCloseTo(0.1587, within(0.01));
  }

  @Test
  void everyPolicyIsAFunctionOfSeedAndId() {
    for (ViewSemantics semantics : List.of(ViewSemantics.TORCHVISION, ViewSemantics.AUTHORS_TF)) {
      for (ViewPolicy policy : POLICIES) {
        ViewSpec spec = ViewsOf.policy(policy, semantics);
        Views used = new Views(spec, SIDE, 7);
        for (int sample = 0; sample < 50; sample++) { // leaves its traces in the scratch
          view(used, new ViewId(0, sample, 1));
        }
        assertThat(view(used, new ViewId(1, 2, 0)))
            .isEqualTo(view(new Views(spec, SIDE, 7), new ViewId(1, 2, 0)));
      }
    }
  }

  @Test
  void allOrdersOfTheJitterAreEquallyLikely() {
    int[] counts = new int[24];
    int[] all =
        draws(BLURRING).stream()
            .filter(v -> !v.jitter().equals(ColorJitter.NONE))
            .mapToInt(v -> v.jitter().order())
            .toArray();
    IntStream.of(all).forEach(order -> counts[order]++);
    double expected = all.length / 24.0;
    double chiSquare =
        IntStream.of(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
    assertThat(ColorJitter.ORDERS).hasSize(24).doesNotHaveDuplicates();
    assertThat(chiSquare).as("23 degrees of freedom, 0.1 percent").isLessThan(49.73);
  }

  @Test
  void jitterFactorsAreUniformWithinTheStrength() {
    List<ColorJitter> jitters =
        draws(BLURRING).stream()
            .map(DrawnView::jitter)
            .filter(j -> !j.equals(ColorJitter.NONE))
            .toList();
    assertUniform(jitters.stream().mapToDouble(ColorJitter::brightness).toArray(), 0.6, 1.4);
    assertUniform(jitters.stream().mapToDouble(ColorJitter::contrast).toArray(), 0.6, 1.4);
    assertUniform(jitters.stream().mapToDouble(ColorJitter::saturation).toArray(), 0.6, 1.4);
    assertUniform(jitters.stream().mapToDouble(ColorJitter::hue).toArray(), -0.1, 0.1);
    assertUniform(
        draws(BLURRING).stream().mapToDouble(DrawnView::blurSigma).filter(s -> s > 0).toArray(),
        0.1,
        2);
  }

  @Test
  void cropAreaIsUniformAndItsAspectLogUniform() {
    Picture large = new Picture(new byte[0], 2000, 2000); // small beside rounding, seldom rejected
    ViewSpec small = new ViewSpec(0.08, 0.5, 0.5, 0.5, 0.8, 0.2, 0.0);
    List<Crop> crops =
        IntStream.range(0, DRAWS)
            .mapToObj(i -> new Views(small, SIDE, 3).drawn(large, new ViewId(0, i, 0)).crop())
            .toList();
    assertUniform(
        crops.stream().mapToDouble(c -> c.width() * c.height() / 4e6).toArray(), 0.08, 0.5);
    assertUniform(
        crops.stream().mapToDouble(c -> Math.log((double) c.width() / c.height())).toArray(),
        Math.log(0.75),
        Math.log(4 / 3.0));
    assertUniform(crops.stream().mapToDouble(c -> c.x() / (2000.0 - c.width())).toArray(), 0, 1);
    assertUniform(crops.stream().mapToDouble(c -> c.y() / (2000.0 - c.height())).toArray(), 0, 1);
  }

  @Test
  void anImageThatFitsNoAspectIsCroppedInItsMiddle() {
    ViewSpec whole = new ViewSpec(1.0, 1.0, 0.5, 0.5, 0.8, 0.2, 0.0);
    Picture wide = new Picture(new byte[0], 100, 10);
    assertThat(new Views(whole, SIDE, 1).drawn(wide, new ViewId(0, 0, 0)).crop())
        .isEqualTo(new Crop(43, 0, 13, 10)); // round(10 * 4 / 3)
    assertThat(Crop.central(10, 100)).isEqualTo(new Crop(0, 43, 10, 13));
  }

  @Test
  void aPolicyOfNothingGivesTheImageBack() {
    ViewSpec nothing = new ViewSpec(1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
    for (int sample = 0; sample < 200; sample++) {
      Views views = new Views(nothing, SIDE, 5);
      DrawnView drawn = views.drawn(image, new ViewId(0, sample, 0));
      assertThat(drawn.jitter()).isEqualTo(ColorJitter.NONE);
      if (drawn.crop().equals(new Crop(0, 0, SIDE, SIDE))) {
        assertThat(view(views, new ViewId(0, sample, 0))).isEqualTo(image.rgb());
      }
    }
  }

  @Test
  void drawingAllocatesNextToNothing() {
    for (ViewPolicy policy : POLICIES) {
      allocatesNextToNothing(ViewsOf.policy(policy, ViewSemantics.AUTHORS_TF));
    }
    allocatesNextToNothing(BLURRING);
  }

  private void allocatesNextToNothing(ViewSpec spec) {
    Views views = new Views(spec, SIDE, 1);
    byte[] target = new byte[2 * image.rgb().length];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int sample = 0; sample < 3000; sample++) {
      before = sample == 1000 ? threads.getCurrentThreadAllocatedBytes() : before;
      views.draw(image.rgb(), new ViewId(0, sample, 0), target, image.rgb().length);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(bytes / 2000).as("bytes a view, of 3072 pixel bytes").isLessThan(1024);
  }

  private byte[] view(Views views, ViewId id) {
    byte[] target = new byte[image.rgb().length];
    views.draw(image.rgb(), id, target, 0);
    return target;
  }

  private List<DrawnView> draws(ViewSpec spec) {
    Views views = new Views(spec, SIDE, 11);
    return IntStream.range(0, DRAWS)
        .mapToObj(i -> views.drawn(image, new ViewId(i % 7, i, i % 2)))
        .toList();
  }

  private double share(Predicate<DrawnView> property) {
    return draws(BLURRING).stream().filter(property).count() / (double) DRAWS;
  }

  /** Kolmogorov and Smirnov at 0.1 percent. */
  private static void assertUniform(double[] values, double low, double high) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      double expected = (sorted[i] - low) / (high - low);
      distance =
          Math.max(
              distance,
              Math.max(
                  (i + 1.0) / sorted.length - expected, expected - i / (double) sorted.length));
    }
    assertThat(distance).isLessThan(1.95 / Math.sqrt(sorted.length));
  }

  private static byte[] noise() {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) CounterRandom.below(99, i, 256);
    }
    return rgb;
  }
}
