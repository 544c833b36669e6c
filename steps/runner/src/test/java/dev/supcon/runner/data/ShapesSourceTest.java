package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.step.EmbeddedData;
import dev.supcon.contract.step.Sha256;
import dev.supcon.runner.data.ImageSource.Sample;
import dev.supcon.runner.data.ImageSource.Unreadable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No digest of an image stands here: the generator's numbers may change with its version. */
class ShapesSourceTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void classesAreBalancedInTrainAndTest(boolean novel) {
    ShapesSource source = new ShapesSource(novel, 16);
    for (boolean test : new boolean[] {false, true}) {
      Map<Integer, Long> counts =
          source.samples().stream()
              .filter(sample -> sample.test() == test)
              .collect(Collectors.groupingBy(Sample::label, TreeMap::new, Collectors.counting()));
      assertThat(counts.keySet()).hasSize(source.classNames().size());
      assertThat(Set.copyOf(counts.values())).as("sizes of classes").hasSize(1);
    }
  }

  @Test
  void theSameSampleIsTheSameImageInWhateverOrderItIsPainted() throws IOException {
    List<byte[]> once = some(new ShapesSource(false, 16));
    List<byte[]> again = some(new ShapesSource(false, 16));
    assertThat(once).usingRecursiveComparison().isEqualTo(again);
    assertThat(once.getFirst()).hasSize(3 * 16 * 16);
  }

  @Test
  void noTwoSamplesAreAlike() throws IOException {
    Set<String> seen = new HashSet<>();
    for (boolean novel : new boolean[] {false, true}) {
      for (byte[] image : some(new ShapesSource(novel, 16))) {
        assertThat(seen.add(new Sha256().add(image).hex())).isTrue();
      }
    }
  }

  @Test
  void texturesOfTheTestPartAreNeverSeenInTraining() {
    assertThat(ShapeTexture.of(true))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(ShapeTexture.of(false));
    assertThat(ShapeTexture.of(false)).isNotEmpty();
  }

  @Test
  void theNovelSetHasOtherClassesAndAnotherDigest() {
    assertThat(new ShapesSource(true, 16).classNames())
        .doesNotContainAnyElementsOf(new ShapesSource(false, 16).classNames());
    assertThat(EmbeddedData.digest(DataFormat.SHAPES_NOVEL))
        .isNotEqualTo(EmbeddedData.digest(DataFormat.SHAPES));
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 64})
  void everySizeCanBePainted(int side) throws IOException {
    List<byte[]> images = new ArrayList<>();
    new ShapesSource(false, side).forEach((i, pixels) -> keep(i < 20, pixels, images));
    assertThat(images).hasSize(20).allSatisfy(image -> assertThat(image).hasSize(3 * side * side));
  }

  /** Every 25th image of train and test. */
  private static List<byte[]> some(ShapesSource source) throws IOException {
    List<byte[]> images = new ArrayList<>();
    source.forEach((i, pixels) -> keep(i % 25 == 0, pixels, images));
    return images;
  }

  private static void keep(boolean wanted, ImageSource.Pixels pixels, List<byte[]> images)
      throws IOException {
    try {
      if (wanted) {
        images.add(pixels.get());
      }
    } catch (Unreadable e) {
      throw new AssertionError(e);
    }
  }
}
