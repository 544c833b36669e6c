package dev.supcon.runner.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.runner.layout.Listing.Item;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedTest {
  private static final SourceFiles FILES = new Corpus().images("a").files();
  private static final Listing LISTING =
      new Listing(
          List.of("cat", "dog"),
          List.of(new Item("1", 0, false), new Item("2", 1, false), new Item("3", 1, true)));

  /** BYOL's table 10, but Caltech-101 and the parts of what has a validation part. */
  @ParameterizedTest
  @CsvSource({
    "DTD, 47, 3760, 1880",
    "FOOD101, 101, 75750, 25250",
    "FGVC_AIRCRAFT, 100, 6667, 3333",
    "CALTECH101, 102, 3060, 6084",
    "SUN397, 397, 19850, 19850",
    "BIRDSNAP, 500, 47386, 2443",
    "OXFORD_PETS, 37, 3680, 3669",
    "STANFORD_CARS, 196, 8144, 8041",
    "FLOWERS102, 102, 2040, 6149",
    "IMAGENET, 1000, 1281167, 50000"
  })
  void sizesAreThePapers(DataFormat format, int classes, int train, int test) {
    assertThat(Published.of(format)).contains(new Published(classes, train, test));
  }

  @Test
  void foldersAndTablesOfOnesOwnMayHaveAnySize() {
    assertThat(Published.of(DataFormat.IMAGE_FOLDER)).isEmpty();
    assertThat(Published.of(DataFormat.CSV)).isEmpty();
  }

  @Test
  void anotherSizeIsRefusedByNameWithBothSizes() {
    assertThatCode(() -> new Published(2, 2, 1).check("pets", FILES, LISTING))
        .doesNotThrowAnyException();
    for (Published other :
        List.of(new Published(3, 2, 1), new Published(2, 1, 1), new Published(2, 2, 2))) {
      assertThatThrownBy(() -> other.check("my-pets", FILES, LISTING))
          .hasMessageContaining("my-pets has 2 classes, 2 training and 1 test images");
    }
    assertThatThrownBy(() -> new Published(37, 3680, 3669).check("pets", FILES, LISTING))
        .hasMessageContaining("published are 37 classes, 3,680 training and 3,669 test images")
        .hasMessageContaining("write another format");
  }
}
