package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.runner.data.ImageSource.Sample;
import dev.supcon.runner.data.ImageSource.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListedSourceTest {
  private static final DataSpec SPEC =
      new DataSpec("set", DataFormat.IMAGE_FOLDER, null, null, null, 16, 0.1);

  @TempDir private Path folder;

  @BeforeEach
  void writeSoundSet() throws IOException {
    TestImages.writeSet(folder, 3, 2);
  }

  @Test
  void classesAreSortedByNameAndNumberedInThatOrder() throws IOException {
    TestImages.writeClass(folder, "train", "Z", 2);
    TestImages.writeClass(folder, "test", "Z", 1);
    ImageSource source = open(folder);
    assertThat(source.classNames()).containsExactly("Z", "a", "b");
    assertThat(source.samples())
        .contains(new Sample("train/Z/0.png", 0, false))
        .contains(new Sample("train/a/2.png", 1, false))
        .contains(new Sample("test/b/1.png", 2, true))
        .hasSize(13);
  }

  @Test
  void everySampleIsOfferedOnceWithItsOwnPixels() throws IOException {
    ImageSource source = open(folder);
    Map<Integer, byte[]> pixels = pixels(source);
    assertThat(pixels).hasSize(source.samples().size());
    for (int i = 0; i < source.samples().size(); i++) {
      Path file = folder.resolve(source.samples().get(i).name());
      assertThat(pixels.get(i)).isEqualTo(Picture.read(file).rgb());
    }
  }

  @Test
  void aTarOfTheFolderIsTheSameSource() throws IOException {
    TarBytes tar = new TarBytes().folder("set/");
    for (String name : new FolderTree(folder, () -> {}).names().reversed()) {
      tar.file("set/" + name, Files.readAllBytes(folder.resolve(name)));
    }
    ImageSource packed = open(tar.write(folder.resolveSibling(folder.getFileName() + ".tar")));
    ImageSource plain = open(folder);
    assertThat(packed.classNames()).isEqualTo(plain.classNames());
    assertThat(packed.samples()).extracting(Sample::label, Sample::test).hasSize(10);
    assertThat(pixels(packed)).usingRecursiveComparison().isEqualTo(pixels(plain));
  }

  @Test
  void theSetMayLieOneFolderDeeper() throws IOException {
    TarBytes tar = new TarBytes();
    for (String className : List.of("a", "b")) {
      tar.file("x/train/" + className + "/1.png").file("x/train/" + className + "/2.png");
      tar.file("x/test/" + className + "/1.png");
    }
    assertThat(open(tar.write(folder.resolve("deeper.tar"))).samples()).hasSize(6);
  }

  @Test
  void aClassThatIsOnlyInTrainIsRefusedByName() throws IOException {
    TestImages.writeClass(folder, "train", "cat", 2);
    refused("class cat", "has no image in test", "add some, or remove the class");
  }

  @Test
  void aClassThatIsOnlyInTestIsRefusedByName() throws IOException {
    TestImages.writeClass(folder, "test", "cat", 2);
    refused("class cat", "has no image in train", "add some, or remove the class");
  }

  @Test
  void anEmptyClassIsRefusedByName() throws IOException {
    Files.createDirectories(folder.resolve("train/cat"));
    Files.createDirectories(folder.resolve("test/cat"));
    refused("class cat", "has no image in train", "add some, or remove the class");
  }

  @Test
  void aClassOfHiddenFilesOnlyIsRefusedByName() throws IOException {
    write("train/cat/.DS_Store");
    refused("class cat", "has no image in train", "add some, or remove the class");
  }

  @Test
  void aClassWithOneImageIsRefusedByName() throws IOException {
    TestImages.writeClass(folder, "train", "cat", 1);
    TestImages.writeClass(folder, "test", "cat", 1);
    refused("class cat", "has one training image", "add some");
  }

  @Test
  void oneClassIsNothingToTellApart(@TempDir Path single) throws IOException {
    TestImages.writeClass(single, "train", "a", 2);
    TestImages.writeClass(single, "test", "a", 2);
    Refusal.of(ExitCode.DATA, () -> open(single), single.toString(), "one class only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train/lost.png", "train/a/deep/1.png", "test/notes.txt"})
  void aFileWhereNoImageBelongsIsNotPassedOver(String name) throws IOException {
    write(name);
    refused(name, "<class>/<image>", "move it there, or remove it");
  }

  @Test
  void aFileOfAnotherKindInAClassIsOfferedAndRefused() throws IOException {
    write("train/a/notes.txt");
    ImageSource source = open(folder);
    int place = source.samples().stream().map(Sample::name).toList().indexOf("train/a/notes.txt");
    source.forEach(
        (i, pixels) -> {
          if (i == place) {
            Refusal.ofImage(pixels::get, "is no JPEG, PNG, GIF or BMP");
          }
        });
    assertThat(place).isNotNegative();
  }

  @Test
  void whatLiesBesideTheDataSetAndWhatIsHiddenIsLeftAlone() throws IOException {
    for (String name :
        List.of("README.md", "tools/test/x.py", "train/.hidden", "train/a/._0.png", ".git/x")) {
      write(name);
    }
    write("train/.ipynb_checkpoints/0.png");
    assertThat(open(folder).samples()).hasSize(10);
    assertThat(open(folder).classNames()).containsExactly("a", "b");
  }

  @Test
  void twoDataSetsInOneSourceAreNotMixed() {
    TarBytes tar = new TarBytes().file("x/train/a/1.png").file("y/train/a/1.png");
    Path file = tar.write(folder.resolve("two.tar"));
    Refusal.of(
        ExitCode.DATA, () -> open(file), file.toString(), "x/ and y/", "give the path of one");
  }

  @Test
  void aSourceWithoutTrainingImagesIsRefused() {
    Path file = new TarBytes().file("a/1.png").write(folder.resolve("flat.tar"));
    Refusal.of(ExitCode.DATA, () -> open(file), file.toString(), "train and test folders");
  }

  private void refused(String... words) {
    Refusal.of(ExitCode.DATA, () -> open(folder), words);
    Refusal.of(ExitCode.DATA, () -> open(folder), folder.toString());
  }

  private static ImageSource open(Path path) throws IOException {
    return Sources.open(SPEC, Optional.of(path), () -> {});
  }

  private void write(String name) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), "no image");
  }

  private static Map<Integer, byte[]> pixels(ImageSource source) throws IOException {
    Map<Integer, byte[]> all = new TreeMap<>();
    source.forEach(
        (i, pixels) -> {
          try {
            assertThat(all.put(i, pixels.get())).isNull();
          } catch (Unreadable e) {
            throw new AssertionError(e);
          }
        });
    return all;
  }
}
