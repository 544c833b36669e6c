package dev.supcon.runner.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * On the official imagelabels.mat and setid.mat themselves (md5 e0620be6f572b9609742df49c70aed4d
 * and a5357ecc9cb78c4bef273ce3793fc85c, as TensorFlow Datasets and torchvision have them).
 */
class Flowers102Test {
  private static final Flowers102 FLOWERS = new Flowers102();

  private static Corpus corpus() {
    Corpus corpus =
        new Corpus()
            .file("imagelabels.mat", resource("imagelabels.mat"))
            .file("setid.mat", resource("setid.mat"));
    for (int i = 1; i <= 8189; i++) {
      corpus.images("jpg/image_%05d.jpg".formatted(i));
    }
    return corpus;
  }

  static byte[] resource(String name) {
    try (InputStream in = Flowers102Test.class.getResourceAsStream("/layouts/" + name)) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theOfficialListsGiveThePublishedSizes() {
    Listing listing = corpus().list(FLOWERS);
    assertThat(listing.classNames()).hasSize(102).startsWith("1", "2").endsWith("102");
    assertThat(listing.size(false)).isEqualTo(2040);
    assertThat(listing.size(true)).isEqualTo(6149);
  }

  /** Ten images to train and ten to validate on are each class's. */
  @Test
  void twentyImagesOfEachClassTrain() {
    Listing listing = corpus().list(FLOWERS);
    int[] train = new int[102];
    listing.items().stream().filter(item -> !item.test()).forEach(item -> train[item.label()]++);
    assertThat(train).containsOnly(20);
  }

  /**
   * scipy.io.loadmat: labels[0, [0, 8188]] is 77, 62; trnid, valid, tstid begin 6765, 6773, 6734.
   */
  @Test
  void labelsAndPartsAreThoseThatScipyReads() {
    assertThat(corpus().paths(FLOWERS, "77", true)).contains("jpg/image_00001.jpg");
    assertThat(corpus().paths(FLOWERS, "62", false))
        .contains("jpg/image_08161.jpg", "jpg/image_08177.jpg");
    assertThat(corpus().paths(FLOWERS, "1", false))
        .contains("jpg/image_06765.jpg", "jpg/image_06773.jpg");
    assertThat(corpus().paths(FLOWERS, "1", true)).startsWith("jpg/image_06734.jpg");
  }

  @Test
  void aMissingImageIsRefusedWithItsPlaceInTheList() {
    corpus()
        .without("jpg/image_06765.jpg")
        .refused(FLOWERS, "setid.mat trnid(1) lists jpg/image_06765.jpg, which is not there");
  }

  @Test
  void swappedFilesAreRefused() {
    new Corpus()
        .file("imagelabels.mat", resource("setid.mat"))
        .file("setid.mat", resource("imagelabels.mat"))
        .refused(FLOWERS, "imagelabels.mat has no variable labels");
  }
}
