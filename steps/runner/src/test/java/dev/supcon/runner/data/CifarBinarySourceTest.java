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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the official layout: 10,000 records a file are its law, so the files are of full size. */
class CifarBinarySourceTest {
  private static final DataSpec SPEC =
      new DataSpec("cifar10", DataFormat.CIFAR10, null, null, null, 32, 0.1);
  private static final int RECORDS = 10_000;
  private static final int RECORD = 3073;
  private static final List<String> FILES =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin",
          "test_batch.bin");

  @TempDir private Path folder;

  /** Record i of each file is of class i % 10 and has its number in its first pixel. */
  private final byte[] batch = new byte[RECORDS * RECORD];

  @BeforeEach
  void writeRecords() {
    for (int i = 0; i < RECORDS; i++) {
      batch[i * RECORD] = (byte) (i % 10);
      batch[i * RECORD + 1] = (byte) (i >> 8); // red
      batch[i * RECORD + 1 + 1024] = (byte) i; // green
      batch[i * RECORD + 1 + 2048 + 1023] = 7; // blue, last pixel
    }
  }

  @Test
  void theOfficialTarIsReadRecordByRecord() throws IOException {
    ImageSource source = Sources.open(SPEC, Optional.of(tar()));
    assertThat(source.classNames()).hasSize(10).startsWith("airplane").endsWith("truck");
    List<Sample> samples = source.samples();
    assertThat(samples).hasSize(60_000);
    assertThat(samples.get(10_003))
        .isEqualTo(new Sample("cifar-10-batches-bin/data_batch_2.bin record 3", 3, false));
    assertThat(samples.get(50_009))
        .isEqualTo(new Sample("cifar-10-batches-bin/test_batch.bin record 9", 9, true));
    List<Integer> offered = new ArrayList<>();
    source.forEach(
        (i, pixels) -> {
          offered.add(i);
          if (i == 40_300) {
            assertRecord300(pixels);
          }
        });
    assertThat(offered).hasSize(60_000).doesNotHaveDuplicates();
  }

  private static void assertRecord300(ImageSource.Pixels pixels) throws IOException {
    try {
      byte[] image = pixels.get();
      assertThat(image).hasSize(3 * 1024).startsWith(300 >> 8, 300 & 0xFF, 0).endsWith(0, 0, 7);
    } catch (Unreadable e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aMissingBatchIsRefusedByName() throws IOException {
    for (String missing : List.of("data_batch_1.bin", "data_batch_4.bin", "test_batch.bin")) {
      writeAll();
      Files.delete(folder.resolve(missing));
      refused(missing + " is missing", "download the archive again");
    }
  }

  @Test
  void aBatchThatIsThereTwiceIsRefusedByBothNames() throws IOException {
    writeAll();
    Files.createDirectory(folder.resolve("old"));
    Files.createLink(folder.resolve("old/test_batch.bin"), folder.resolve("test_batch.bin"));
    refused("old/test_batch.bin and test_batch.bin", "remove one");
  }

  @Test
  void recordsOfAnotherLengthAreRefused() throws IOException {
    writeAll();
    for (int length : new int[] {0, batch.length - 1, batch.length + 1, 3074 * RECORDS}) {
      rewrite("data_batch_3.bin", Arrays.copyOf(batch, length));
      refused("data_batch_3.bin is not 10,000 records of 3,073 bytes", "download it again");
    }
  }

  @Test
  void aLabelThatIsNoneIsRefusedWithItsRecord() throws IOException {
    writeAll();
    for (int label : new int[] {10, 127, 200, 255}) {
      byte[] wrong = batch.clone();
      wrong[1234 * RECORD] = (byte) label;
      rewrite("data_batch_5.bin", wrong);
      refused("data_batch_5.bin record 1234 has label " + label, "download it again");
    }
  }

  @Test
  void aClassWithoutImagesIsRefusedByName() throws IOException {
    for (int i = 0; i < RECORDS; i++) {
      batch[i * RECORD] = (byte) (i % 9);
    }
    writeAll();
    refused("class truck has no image in train", "download");
  }

  @Test
  void anImageFolderOfOtherClassesIsNotCifar() throws IOException {
    TestImages.writeSet(folder, 2, 1);
    refused("is not CIFAR-10", "a, b", "imageFolder");
  }

  private void refused(String... words) {
    Refusal.of(ExitCode.DATA, () -> Sources.open(SPEC, Optional.of(folder)), words);
    Refusal.of(ExitCode.DATA, () -> Sources.open(SPEC, Optional.of(folder)), folder.toString());
  }

  /** One file under six names, as only sizes and labels matter to most of these tests. */
  private void writeAll() throws IOException {
    for (String name : FILES) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Path first = Files.write(folder.resolve(FILES.getFirst()), batch);
    for (String name : FILES.subList(1, 6)) {
      Files.createLink(folder.resolve(name), first);
    }
  }

  private void rewrite(String name, byte[] content) throws IOException {
    Files.delete(folder.resolve(name));
    Files.write(folder.resolve(name), content);
  }

  private Path tar() throws IOException {
    Path file = folder.resolve("cifar-10-binary.tar.gz");
    try (OutputStream out =
        new BufferedOutputStream(new FastGzip(Files.newOutputStream(file)), 1 << 20)) {
      out.write(new TarBytes().folder("cifar-10-batches-bin/").open());
      for (String name : FILES.reversed()) {
        out.write(new TarBytes().file("cifar-10-batches-bin/" + name, batch).open());
      }
      out.write(new TarBytes().file("cifar-10-batches-bin/readme.html").whole());
    }
    return file;
  }

  /** GZIP at its fastest. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
