package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedDataTest {
  private static final Parts<int[]> LABELS =
      new Parts<>(new int[] {0, 1, 1}, new int[0], new int[] {1, 0});

  @Test
  void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
    PackedIndex written = write(folder, 0, 1, 2);
    try (PackedData data = PackedData.open(folder)) {
      assertThat(data.index()).isEqualTo(written);
      assertThat(data.train().labels()).containsExactly(0, 1, 1);
      assertThat(data.train().image(2)).isEqualTo(image(2));
      assertThat(data.holdout().size()).isZero();
      assertThat(data.test().image(1)).isEqualTo(image(11));
      assertThat(data.index().part(Part.TRAIN).classCounts()).containsExactly(1, 2);
    }
  }

  @Test
  void orderOfWritingDoesNotMatter(@TempDir Path folder) throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path one = Files.createDirectory(folder.resolve("one"));
    assertThat(write(one, 0, 1, 2)).isEqualTo(write(other, 2, 0, 1));
    assertThat(one.resolve("train-00000.pixels"))
        .hasSameBinaryContentAs(other.resolve("train-00000.pixels"));
  }

  @Test
  void statisticsAreThoseOfTheTrainingPart(@TempDir Path folder) throws IOException {
    PackedIndex index = write(folder, 0, 1, 2);
    assertThat(index.mean().getFirst()).isCloseTo(1 / 255.0, within(1e-12));
    assertThat(index.std().getFirst()).isCloseTo(Math.sqrt(2 / 3.0) / 255, within(1e-12));
  }

  @Test
  void digestChangesWithOnePixelAndWithOneLabel(@TempDir Path folder) throws IOException {
    Path[] folders = new Path[3];
    for (int i = 0; i < folders.length; i++) {
      folders[i] = Files.createDirectory(folder.resolve("set" + i));
    }
    String digest = writeOne(folders[0], 0, 7);
    assertThat(digest).hasSize(64);
    assertThat(writeOne(folders[1], 0, 8)).isNotEqualTo(digest);
    assertThat(writeOne(folders[2], 1, 7)).isNotEqualTo(digest);
  }

  @Test
  void aShortenedShardIsRefused(@TempDir Path folder) throws IOException {
    write(folder, 0, 1, 2);
    Files.write(folder.resolve("test-00000.pixels"), new byte[10]);
    assertThatThrownBy(() -> PackedData.open(folder))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA))
        .hasMessageContaining("test-00000.pixels");
  }

  @Test
  void aFolderWithoutIndexIsNoInput(@TempDir Path folder) {
    assertThatThrownBy(() -> PackedData.open(folder))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_INPUT));
  }

  @Test
  void anEpochIsAPermutationOfItsOwn() {
    int[] order = EpochOrder.of(1, 2, 100);
    assertThat(order).isEqualTo(EpochOrder.of(1, 2, 100)).isNotEqualTo(EpochOrder.of(1, 3, 100));
    assertThat(Arrays.stream(order).sorted()).containsExactlyElementsOf(range(100));
  }

  private static PackedIndex write(Path folder, int... order) throws IOException {
    try (PackedWriter writer = new PackedWriter(folder, 16, LABELS)) {
      for (int position : order) {
        writer.put(Part.TRAIN, position, image(position));
      }
      writer.put(Part.TEST, 0, image(10));
      writer.put(Part.TEST, 1, image(11));
      return writer.finish("tiny", List.of("cat", "dog"), "none", () -> {});
    }
  }

  private static String writeOne(Path folder, int label, int value) throws IOException {
    Parts<int[]> labels = new Parts<>(new int[] {label}, new int[0], new int[0]);
    try (PackedWriter writer = new PackedWriter(folder, 16, labels)) {
      writer.put(Part.TRAIN, 0, image(value));
      return writer.finish("tiny", List.of("cat", "dog"), "none", () -> {}).digest();
    }
  }

  private static byte[] image(int value) {
    byte[] image = new byte[3 * 16 * 16];
    Arrays.fill(image, (byte) value);
    return image;
  }

  private static List<Integer> range(int size) {
    return IntStream.range(0, size).boxed().toList();
  }
}
