package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.runner.data.ImageSource.Sample;
import dev.supcon.runner.data.ImageSource.Unreadable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the official layout, whose numbers of records are its law. */
class Cifar100SourceTest {
  private static final DataSpec SPEC =
      new DataSpec("cifar100", DataFormat.CIFAR100, null, null, null, 32, 0.1);
  private static final String NAMES = String.join("\n", CifarVersion.CIFAR100.classNames()) + "\n";

  @TempDir private static Path folder;

  /** Record i is of coarse class 19 and fine class i % 100 and begins with its number. */
  @BeforeAll
  static void writeRecords() throws IOException {
    write(folder.resolve("train.bin"), 50_000, 100);
    write(folder.resolve("test.bin"), 10_000, 100);
    Files.writeString(folder.resolve("fine_label_names.txt"), NAMES);
    Files.writeString(folder.resolve("coarse_label_names.txt"), "aquatic_mammals\n");
  }

  private static void write(Path file, int records, int classes) throws IOException {
    byte[] image = new byte[3072];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (int i = 0; i < records; i++) {
        image[0] = (byte) (i >> 8);
        image[1024] = (byte) i;
        image[3071] = 7;
        out.write(19);
        out.write(i % classes);
        out.write(image);
      }
    }
  }

  @Test
  void theFineLabelIsTheClassInThePublishedOrder() throws IOException {
    ImageSource source = open(folder);
    // The order of torchvision.datasets.CIFAR100's class_to_idx.
    assertThat(source.classNames()).hasSize(100).isSorted().doesNotHaveDuplicates();
    assertThat(source.classNames().get(23)).isEqualTo("cloud");
    assertThat(source.classNames().get(99)).isEqualTo("worm");
    List<Sample> samples = source.samples();
    assertThat(samples).hasSize(60_000);
    assertThat(samples.get(299)).isEqualTo(new Sample("train.bin record 299", 99, false));
    assertThat(samples.get(50_042)).isEqualTo(new Sample("test.bin record 42", 42, true));
    source.forEach(
        (i, pixels) -> {
          if (i == 300) {
            assertThat(get(pixels)).hasSize(3072).startsWith(1, 44, 0).endsWith(0, 0, 7);
          }
        });
  }

  private static byte[] get(ImageSource.Pixels pixels) throws IOException {
    try {
      return pixels.get();
    } catch (Unreadable e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void namesInAnotherOrderAreRefused(@TempDir Path other) throws IOException {
    link(other, "train.bin", "test.bin");
    Refusal.of(ExitCode.DATA, () -> open(other), "fine_label_names.txt is missing");
    String swapped = NAMES.replace("apple\naquarium_fish", "aquarium_fish\napple");
    for (String wrong : List.of(swapped, NAMES.replace("worm\n", ""), "")) {
      Files.writeString(other.resolve("fine_label_names.txt"), wrong);
      Refusal.of(ExitCode.DATA, () -> open(other), "fine_label_names.txt", "100 classes");
    }
  }

  @Test
  void aFileOfAnotherSizeIsRefused(@TempDir Path other) throws IOException {
    link(other, "test.bin", "fine_label_names.txt");
    write(other.resolve("train.bin"), 1, 1);
    Refusal.of(ExitCode.DATA, () -> open(other), "train.bin is not 50,000 records of 3,074 bytes");
  }

  @Test
  void aLabelThatIsNoneIsRefusedWithItsRecord(@TempDir Path other) throws IOException {
    link(other, "train.bin", "fine_label_names.txt");
    write(other.resolve("test.bin"), 10_000, 101);
    Refusal.of(ExitCode.DATA, () -> open(other), "test.bin record 100 has label 100, more than 99");
  }

  @Test
  void anImageFolderOfOtherClassesIsNotCifar100(@TempDir Path other) throws IOException {
    TestImages.writeSet(other, 2, 1);
    Refusal.of(ExitCode.DATA, () -> open(other), "is not CIFAR-100", "a, b", "imageFolder");
  }

  private static ImageSource open(Path path) throws IOException {
    return Sources.open(SPEC, Optional.of(path), () -> {});
  }

  private static void link(Path other, String... names) throws IOException {
    for (String name : names) {
      Files.createLink(other.resolve(name), folder.resolve(name));
    }
  }
}
