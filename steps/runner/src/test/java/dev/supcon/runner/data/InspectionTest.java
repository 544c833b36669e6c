package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.runner.data.RepeatedImages.Twins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
  private static final DataSpec SPEC =
      new DataSpec("tiny", DataFormat.IMAGE_FOLDER, null, null, null, 16, 0.25);

  @TempDir private Path root;
  @TempDir private Path aside;

  @BeforeEach
  void set() throws IOException {
    TestImages.writeSet(root, 8, 3);
  }

  @Test
  void countsStatisticsAndDigestAreThoseOfTheSetWhenItIsPacked() throws IOException {
    Inspection inspection = Inspection.of(SPEC, root);
    PackedIndex packed = packed().index();

    for (Part part : Part.values()) {
      assertThat(inspection.classCounts().of(part)).isEqualTo(packed.part(part).classCounts());
    }
    assertThat(inspection.classNames()).isEqualTo(packed.classNames());
    assertThat(inspection.mean()).isEqualTo(packed.mean());
    assertThat(inspection.std()).isEqualTo(packed.std());
    assertThat(inspection.digest()).isEqualTo(SourceDigest.of(root, aside.resolve("digests")));
    assertThat(inspection.faults()).isEmpty();
  }

  @Test
  void imagesThatAllDifferAreNotCalledEqual() throws IOException {
    RepeatedImages repeated = Inspection.of(SPEC, root).repeated();
    assertThat(repeated.copies()).isZero();
    assertThat(repeated.words()).isEqualTo("none");
    assertThat(packed().repeated()).isEqualTo(repeated);
  }

  @Test
  void aTestImageThatIsLearntFromIsNamedWithItsTwin() throws IOException {
    copy("train/a/3.png", "test/a/other.png");
    RepeatedImages repeated = Inspection.of(SPEC, root).repeated();
    assertThat(repeated.leaked()).containsExactly(new Twins("test/a/other.png", "train/a/3.png"));
    assertThat(repeated.contradictory()).isEmpty();
    assertThat(repeated.copies()).isEqualTo(1);
    assertThat(packed().repeated()).isEqualTo(repeated);
  }

  @Test
  void equalImagesOfTwoClassesAreNamed() throws IOException {
    copy("train/a/3.png", "train/b/other.png");
    RepeatedImages repeated = Inspection.of(SPEC, root).repeated();
    assertThat(repeated.contradictory())
        .containsExactly(new Twins("train/b/other.png", "train/a/3.png"));
    assertThat(repeated.leaked()).isEmpty();
  }

  @Test
  void copiesWithinAPartAndAClassAreCountedAlone() throws IOException {
    copy("train/a/3.png", "train/a/4.png");
    copy("train/a/3.png", "train/a/5.png");
    RepeatedImages repeated = Inspection.of(SPEC, root).repeated();
    assertThat(repeated.copies()).isEqualTo(2);
    assertThat(repeated.words()).isEqualTo("copies of other images: 2");
  }

  @Test
  void imagesOfEqualPixelsInTwoFormatsAreEqual() throws IOException {
    byte[] bmp = TestImages.file(TestImages.noise(16, 16, 7), "bmp");
    Files.write(root.resolve("train/a/x.bmp"), bmp);
    Files.write(root.resolve("test/a/y.png"), TestImages.png(7));
    assertThat(Inspection.of(SPEC, root).repeated().words())
        .isEqualTo(
            "copies of other images: 1; test images that are learnt from, too: 1"
                + " (test/a/y.png = train/a/x.bmp)");
  }

  @Test
  void everyDamagedImageIsNamedAndNoneIsEqualToAnother() throws IOException {
    for (int i = 0; i < 7; i++) {
      Files.write(root.resolve("train/b/" + i + ".png"), new byte[0]);
    }
    Inspection inspection = Inspection.of(SPEC, root);
    assertThat(inspection.faults())
        .hasSize(7)
        .startsWith("train/b/0.png is empty")
        .endsWith("train/b/6.png is empty");
    assertThat(inspection.repeated().copies()).isZero();
  }

  private void copy(String from, String to) throws IOException {
    Files.write(root.resolve(to), Files.readAllBytes(root.resolve(from)));
  }

  private Packing.Packed packed() throws IOException {
    Path folder = Files.createTempDirectory(aside, "packed");
    return Packing.pack(SPEC, Optional.of(root), folder, percent -> {});
  }
}
