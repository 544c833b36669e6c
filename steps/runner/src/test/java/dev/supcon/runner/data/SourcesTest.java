package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.runner.data.ImageSource.Sample;
import dev.supcon.runner.data.ImageSource.Unreadable;
import dev.supcon.runner.layout.Published;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a published data set that is smaller than published: DTD with two classes. */
class SourcesTest {
  private static final DataSpec DTD =
      new DataSpec("dtd", DataFormat.DTD, null, null, null, 16, 0.1);
  private static final Optional<Published> SMALL = Optional.of(new Published(2, 4, 2));

  @TempDir private Path folder;

  @BeforeEach
  void writeTextures() throws IOException {
    for (String part : new String[] {"train", "val", "test"}) {
      StringBuilder list = new StringBuilder();
      for (String texture : new String[] {"banded", "blotchy"}) {
        String name = texture + "/" + texture + "_" + part + ".jpg";
        write("dtd/images/" + name, TestImages.png(name.hashCode()));
        list.append(name).append('\n');
      }
      write("dtd/labels/" + part + "1.txt", list.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void write(String name, byte[] content) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.write(folder.resolve(name), content);
  }

  @Test
  void aPublishedSetOfAnotherSizeIsRefusedByItsName() {
    Refusal.of(
        ExitCode.DATA,
        () -> Sources.open(DTD, Optional.of(folder), () -> {}),
        folder + ": dtd has 2 classes, 4 training and 2 test images",
        "published are 47 classes, 3,760 training and 1,880 test images");
  }

  @Test
  void folderAndTarAreTheSameSource() throws IOException {
    TarBytes tar = new TarBytes();
    for (String name : new FolderTree(folder, () -> {}).names()) {
      tar.file(name, Files.readAllBytes(folder.resolve(name)));
    }
    ImageSource packed = open(tar.write(folder.resolveSibling("dtd.tar")));
    assertThat(packed.samples()).isEqualTo(open(folder).samples());
    assertThat(packed.samples())
        .contains(new Sample("dtd/images/blotchy/blotchy_val.jpg", 1, false))
        .contains(new Sample("dtd/images/banded/banded_test.jpg", 0, true));
  }

  /** SUN397 and ImageNet have PNG and GIF under names of JPEG. */
  @Test
  void aPublishedImageIsWhatItsContentSays() throws IOException {
    ImageSource source = open(folder);
    source.forEach(
        (i, pixels) -> {
          Path file = folder.resolve(source.samples().get(i).name());
          try {
            assertThat(pixels.get())
                .isEqualTo(new ImageDecoder(16, true, false).decode("", Files.readAllBytes(file)));
          } catch (Unreadable e) {
            throw new AssertionError(e);
          }
        });
  }

  private static ImageSource open(Path path) throws IOException {
    return Sources.open(DTD, Optional.of(path), SMALL, () -> {});
  }
}
