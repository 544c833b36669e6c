package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {
  static final DataSpec SPEC =
      new DataSpec("tiny", DataFormat.IMAGE_FOLDER, null, null, null, 16, 0.25);

  @TempDir private Path root;

  @Test
  void everyImageLiesInOnePartWithItsLabel() throws IOException {
    Path source = TestImages.writeSet(root.resolve("source"), 8, 3);
    pack(source, "packed");
    Set<List<Byte>> images = new HashSet<>();
    try (PackedData data = PackedData.open(root.resolve("packed"))) {
      assertThat(data.index().part(Part.TRAIN).classCounts()).containsExactly(6, 6);
      assertThat(data.index().part(Part.HOLDOUT).classCounts()).containsExactly(2, 2);
      assertThat(data.index().part(Part.TEST).classCounts()).containsExactly(3, 3);
      for (Part part : Part.values()) {
        PackedSplit split = data.part(part);
        for (int i = 0; i < split.size(); i++) {
          assertThat(images.add(bytes(split.image(i)))).as("%s %s", part, i).isTrue();
          assertThat(imagesOf(source, split.label(i) == 0 ? "a" : "b"))
              .contains(bytes(split.image(i)));
        }
      }
    }
    assertThat(images).hasSize(22);
  }

  @Test
  void aSourceAlwaysPacksToTheSameBytes() throws IOException {
    Path source = TestImages.writeSet(root.resolve("source"), 300, 2);
    assertThat(pack(source, "one")).isEqualTo(pack(source, "two"));
    for (String file : List.of("index.json", "train.labels", "train-00000.pixels")) {
      assertThat(root.resolve("one").resolve(file))
          .hasSameBinaryContentAs(root.resolve("two").resolve(file));
    }
  }

  @Test
  void meanAndDeviationAreThoseOfTheTrainingPixels() throws IOException {
    PackedIndex index = pack(TestImages.writeSet(root.resolve("source"), 8, 3), "packed");
    PackedSplit train = PackedData.open(root.resolve("packed")).train();
    for (int c = 0; c < 3; c++) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < train.size(); i++) {
        byte[] image = train.image(i);
        for (int p = c; p < image.length; p += 3) {
          values.add((image[p] & 0xFF) / 255.0);
        }
      }
      double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
      double variance =
          values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow();
      assertThat(index.mean().get(c)).isCloseTo(mean, within(1e-12));
      assertThat(index.std().get(c)).isCloseTo(Math.sqrt(variance), within(1e-12));
    }
  }

  @Test
  void damagedImagesAreAllCountedAndTheFirstAreNamed() throws IOException {
    Path source = TestImages.writeSet(root.resolve("source"), 300, 2);
    for (int i = 0; i < 7; i++) {
      Files.write(source.resolve("train/b/" + i + ".png"), new byte[i]);
    }
    Refusal.of(
        ExitCode.DATA,
        () -> pack(source, "packed"),
        "tiny has 7 files that cannot be used",
        "repair or remove them (the first 5)",
        "train/b/0.png is empty",
        "train/b/4.png is no JPEG");
    assertNotWhole();
  }

  /** The JDK's reader throws what no file format says; the image must not be left black. */
  @Test
  void anImageThatMakesTheReaderFailIsNamed() throws IOException {
    Path source = TestImages.writeSet(root.resolve("source"), 4, 2);
    byte[] bmp = TestImages.file(TestImages.noise(8, 8, 1), "bmp");
    bmp[13] = (byte) 0xFF; // where its pixels begin, negative
    Files.write(source.resolve("train/a/x.bmp"), bmp);
    Refusal.of(ExitCode.DATA, () -> pack(source, "packed"), "train/a/x.bmp is damaged", "repair");
    assertNotWhole();
  }

  @Test
  void aFileThatIsTooLargeIsRefusedAndNotLeftBlack() throws IOException {
    Path source = TestImages.writeSet(root.resolve("source"), 4, 2);
    Path huge = source.resolve("train/a/0.png");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(FileTree.MAX_BYTES + 1);
    }
    Refusal.of(ExitCode.DATA, () -> pack(source, "packed"), "train/a/0.png", "larger than 64 MiB");
    assertNotWhole();
  }

  /** More images than wait at a time: none is waited for in vain. */
  @Test
  void aSourceFullOfDamageEnds() throws IOException {
    Path source = TestImages.writeSet(root.resolve("source"), 400, 2);
    for (int i = 0; i < 400; i++) {
      byte[] bmp = TestImages.file(TestImages.noise(8, 8, 1), "bmp");
      bmp[13] = (byte) 0xFF;
      Files.delete(source.resolve("train/a/" + i + ".png"));
      Files.write(source.resolve("train/a/" + i + ".bmp"), bmp);
    }
    Refusal.of(ExitCode.DATA, () -> pack(source, "packed"), "has 400 files");
  }

  /** A process that may write no file of more than some KiB meets what a full disk does. */
  @Test
  void aFullDiskIsNotTheImagesFault() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    Path source = TestImages.writeSet(root.resolve("source"), 40, 40);
    Path output = Files.createDirectory(root.resolve("full"));
    Process process =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "ulimit -f 8; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                PackOnce.class.getName(),
                source.toString(),
                output.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(ExitCode.NO_SPACE.code());
    assertThat(said).contains("Packing data set tiny failed", "make room");
    assertThat(output.resolve("index.json")).doesNotExist();
  }

  @Test
  void anOutputThatIsNotThereIsNoSpace() throws IOException {
    Path source = TestImages.writeSet(root.resolve("source"), 4, 2);
    Path gone = root.resolve("gone");
    Refusal.of(
        ExitCode.NO_SPACE,
        () -> Packing.pack(SPEC, Optional.of(source), gone, done -> {}),
        "tiny failed",
        gone.toString(),
        "make room");
  }

  @Test
  void aSourceThatIsNotNamedOrNotThereIsNoInput() {
    Path gone = root.resolve("gone");
    Refusal.of(
        ExitCode.NO_INPUT,
        () -> Packing.pack(SPEC, Optional.empty(), root, done -> {}),
        "data set tiny",
        "add --data tiny=PATH");
    Refusal.of(
        ExitCode.NO_INPUT,
        () -> Packing.pack(SPEC, Optional.of(gone), root, done -> {}),
        "tiny",
        gone + " does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train-00000.pixels", "holdout.labels", "test-00000.pixels"})
  void aFileOfAnotherLengthIsRefusedByName(String name) throws IOException {
    pack(TestImages.writeSet(root.resolve("source"), 4, 2), "packed");
    Path file = root.resolve("packed").resolve(name);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, whole.length - 1, whole.length + 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      refusedPacked(file.toString(), "bytes that index.json says", "run the augment step again");
    }
    Files.delete(file);
    refusedPacked(file.toString(), "run the augment step again");
  }

  @Test
  void anIndexCutAnywhereIsRefused() throws IOException {
    pack(TestImages.writeSet(root.resolve("source"), 4, 2), "packed");
    Path file = root.resolve("packed/index.json");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 2; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      refusedPacked(file.toString(), "cut off or damaged", "run the augment step again");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"side\": \"x\"}"})
  void anIndexWithoutItsFieldsIsRefused(String text) throws IOException {
    Path folder = Files.createDirectories(root.resolve("packed"));
    Files.writeString(folder.resolve("index.json"), text);
    refusedPacked("index.json", "cut off or damaged", "run the augment step again");
  }

  private void refusedPacked(String... words) {
    Refusal.of(ExitCode.DATA, () -> PackedData.open(root.resolve("packed")), words);
  }

  private void assertNotWhole() {
    Refusal.of(
        ExitCode.NO_INPUT, () -> PackedData.open(root.resolve("packed")), "No packed data set");
  }

  private PackedIndex pack(Path source, String name) throws IOException {
    Path folder = Files.createDirectories(root.resolve(name));
    return Packing.pack(SPEC, Optional.of(source), folder, done -> {}).index();
  }

  private static Set<List<Byte>> imagesOf(Path source, String className) throws IOException {
    Set<List<Byte>> images = new HashSet<>();
    for (String name : new FolderTree(source, () -> {}).names()) {
      if (name.contains("/" + className + "/")) {
        images.add(bytes(Picture.read(source.resolve(name)).rgb()));
      }
    }
    return images;
  }

  private static List<Byte> bytes(byte... image) {
    List<Byte> bytes = new ArrayList<>();
    for (byte value : image) {
      bytes.add(value);
    }
    return bytes;
  }
}
