package dev.supcon.runner.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.spec.BatchComposition;
import dev.supcon.contract.spec.BatchesSpec;
import dev.supcon.contract.spec.ViewSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.data.EpochOrder;
import dev.supcon.runner.data.EpochSamples;
import dev.supcon.runner.data.PackedSplit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewLoaderTest {
  private static final int SIDE = 8;
  private static final int BYTES = SIDE * SIDE * 3;
  private static final int IMAGES = 107;
  private static final int BATCH = 25;

  private final PackedSplit split = split();
  private final Views views = new Views(new ViewSpec(0.2, 1.0, 0.5, 0.5, 0.8, 0.2, 0.5), SIDE, 4);

  @Test
  void theNumberOfThreadsDoesNotMatter() {
    List<ByteBuffer> one = epoch(new ViewLoader.Plan(3, 0, BATCH, 2, 1, true));
    assertThat(one).hasSize(4);
    for (int threads : new int[] {2, 8}) {
      assertThat(epoch(new ViewLoader.Plan(3, 0, BATCH, 2, threads, true))).isEqualTo(one);
    }
  }

  @Test
  void anEpochTakenUpAtAnyBatchGoesOnWithTheSameBytes() {
    List<ByteBuffer> whole = epoch(new ViewLoader.Plan(3, 0, BATCH, 2, 2, false));
    for (int first = 0; first <= whole.size(); first++) {
      assertThat(epoch(new ViewLoader.Plan(3, first, BATCH, 2, 2, false)))
          .isEqualTo(whole.subList(first, whole.size()));
    }
  }

  /** Ten classes of eleven and ten images, of which the second is left with two. */
  @Test
  void aRepeatedImageHasViewsOfItsOwnAndTheBytesNeedNoStart() {
    PackedSplit few = few();
    List<ByteBuffer> whole = composed(few, 0, 1);
    for (int first = 0; first <= whole.size(); first++) {
      assertThat(composed(few, first, 8)).isEqualTo(whole.subList(first, whole.size()));
    }
    List<ByteBuffer> views =
        whole.stream()
            .flatMap(
                batch ->
                    IntStream.range(0, batch.remaining() / BYTES)
                        .mapToObj(row -> batch.slice(row * BYTES, BYTES)))
            .toList();
    assertThat(views).hasSizeGreaterThan(100).doesNotHaveDuplicates();
  }

  private PackedSplit few() {
    int[] kept = IntStream.range(0, IMAGES).filter(i -> split.label(i) != 1 || i < 20).toArray();
    byte[] pixels = new byte[kept.length * BYTES];
    for (int i = 0; i < kept.length; i++) {
      split.copyImage(kept[i], pixels, i * BYTES);
    }
    return PackedSplit.of(SIDE, pixels, IntStream.of(kept).map(split::label).toArray());
  }

  private List<ByteBuffer> composed(PackedSplit images, int firstBatch, int threads) {
    BatchesSpec spec = new BatchesSpec(BatchComposition.CLASS_BALANCED, null);
    EpochSamples samples = EpochSamples.of(spec, views.seed(), 3, images.labels(), 12);
    return all(
        new ViewLoader(
            images, views, new ViewLoader.Plan(3, firstBatch, 12, 2, threads, true), samples));
  }

  @Test
  void viewsStandOneAfterTheOtherEachOverTheWholeBatch() {
    int[] order = EpochOrder.of(views.seed(), 3, IMAGES);
    byte[] expected = new byte[BYTES];
    try (ViewLoader loader =
        new ViewLoader(split, views, new ViewLoader.Plan(3, 0, BATCH, 2, 2, false))) {
      for (int batch = 0; loader.hasNext(); batch++) {
        ViewBatch drawn = loader.next();
        assertThat(drawn.images()).isEqualTo(batch < 4 ? BATCH : IMAGES % BATCH);
        assertThat(drawn.pixels().remaining()).isEqualTo(2 * drawn.images() * BYTES);
        for (int row = 0; row < 2 * drawn.images(); row++) {
          int sample = order[batch * BATCH + row % drawn.images()];
          views.draw(split.image(sample), new ViewId(3, sample, row / drawn.images()), expected, 0);
          assertThat(drawn.pixels().slice(row * BYTES, BYTES)).isEqualTo(ByteBuffer.wrap(expected));
          assertThat(drawn.labels()[row % drawn.images()]).isEqualTo(split.label(sample));
        }
      }
    }
  }

  @Test
  void anIncompleteBatchIsDroppedOrKeptAsAsked() {
    assertThat(epoch(new ViewLoader.Plan(0, 0, BATCH, 1, 2, true))).hasSize(4);
    assertThat(epoch(new ViewLoader.Plan(0, 0, BATCH, 1, 2, false))).hasSize(5);
    assertThat(epoch(new ViewLoader.Plan(0, 0, IMAGES + 1, 1, 2, true))).isEmpty();
  }

  @Test
  void threeAlignedDirectBuffersGoRound() {
    try (ViewLoader loader =
        new ViewLoader(split, views, new ViewLoader.Plan(0, 0, 7, 2, 2, true))) {
      List<ByteBuffer> seen = new ArrayList<>();
      while (loader.hasNext()) {
        ByteBuffer pixels = loader.next().pixels();
        assertThat(pixels.isDirect()).isTrue();
        assertThat(pixels.alignmentOffset(0, 64)).isZero();
        seen.add(pixels);
      }
      assertThat(seen).hasSize(15);
      assertThat(seen.get(0)).as("the same memory").isEqualTo(seen.get(12));
      assertThat(seen.get(1)).isEqualTo(seen.get(13));
      assertThat(seen.get(2)).isEqualTo(seen.get(14)).isNotEqualTo(seen.get(1));
      assertThatThrownBy(loader::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void whatAWorkerThrowsComesOutOfNext() {
    PlainBatches.Transform failing =
        (index, image) -> {
          if (index == 60) {
            throw new StepFailure(ExitCode.DATA, "image 60 is torn");
          }
          return image;
        };
    try (PlainBatches batches = new PlainBatches(split, BATCH, 2, failing)) {
      batches.next();
      batches.next();
      assertThatThrownBy(batches::next)
          .isInstanceOf(StepFailure.class)
          .hasMessage("image 60 is torn");
    }
  }

  @Test
  void closingInTheMiddleLeavesNoThreadBehind() {
    for (int round = 0; round < 5; round++) {
      ViewLoader loader =
          new ViewLoader(split, views, new ViewLoader.Plan(round, 0, BATCH, 2, 4, true));
      loader.next();
      loader.close();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(t -> t.getName().startsWith("views-"));
  }

  @Test
  void plainBatchesKeepTheOrderOfTheSplit() {
    try (PlainBatches batches = new PlainBatches(split, BATCH)) {
      for (int first = 0; batches.hasNext(); first += BATCH) {
        ViewBatch batch = batches.next();
        for (int i = 0; i < batch.images(); i++) {
          assertThat(batch.pixels().slice(i * BYTES, BYTES))
              .isEqualTo(ByteBuffer.wrap(split.image(first + i)));
          assertThat(batch.labels()[i]).isEqualTo(split.label(first + i));
        }
      }
    }
  }

  private List<ByteBuffer> epoch(ViewLoader.Plan plan) {
    return all(new ViewLoader(split, views, plan));
  }

  private static List<ByteBuffer> all(ViewLoader drawing) {
    List<ByteBuffer> batches = new ArrayList<>();
    try (ViewLoader loader = drawing) {
      loader.forEachRemaining(
          batch -> {
            byte[] pixels = new byte[batch.pixels().remaining()];
            batch.pixels().get(0, pixels);
            batches.add(ByteBuffer.wrap(pixels));
          });
    }
    return batches;
  }

  private static PackedSplit split() {
    byte[] pixels = new byte[IMAGES * BYTES];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) CounterRandom.below(1, i, 256);
    }
    return PackedSplit.of(SIDE, pixels, IntStream.range(0, IMAGES).map(i -> i % 10).toArray());
  }
}
