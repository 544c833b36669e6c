package dev.supcon.runner.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class Caltech101Test {
  private static final Caltech101 CALTECH = new Caltech101();
  private static final String FOLDER = "caltech-101/101_ObjectCategories/";

  /** Classes of 40 and, as its smallest, of 31 images; the archive's stray file is there too. */
  private static Corpus corpus() {
    Corpus corpus = new Corpus().images(FOLDER + "BACKGROUND_Google/tmp");
    for (int i = 1; i <= 40; i++) {
      String image = "/image_%04d.jpg".formatted(i);
      corpus.images(FOLDER + "BACKGROUND_Google" + image, FOLDER + "accordion" + image);
      if (i <= 31) {
        corpus.images(FOLDER + "inline_skate" + image);
      }
    }
    return corpus.images("caltech-101/Annotations/accordion/annotation_0001.mat");
  }

  @Test
  void thirtyOfEachClassTrainAndTheBackgroundIsAClass() {
    assertThat(corpus().list(CALTECH).classNames())
        .containsExactly("BACKGROUND_Google", "accordion", "inline_skate");
    assertThat(corpus().paths(CALTECH, "accordion", false)).hasSize(30);
    assertThat(corpus().paths(CALTECH, "accordion", true)).hasSize(10);
    assertThat(corpus().paths(CALTECH, "inline_skate", true)).hasSize(1);
  }

  /** printf '%s' accordion/image_0001.jpg | sha256sum, for each of the forty, sorted. */
  @Test
  void thoseOfTheGreatestHashAreTheTest() {
    List<String> test = corpus().paths(CALTECH, "accordion", true);
    assertThat(test).allMatch(path -> path.startsWith(FOLDER + "accordion/image_00"));
    assertThat(test)
        .extracting(path -> path.replaceAll(".*_|\\.jpg", ""))
        .containsExactly(
            "0002", "0003", "0007", "0010", "0011", "0015", "0023", "0025", "0029", "0037");
  }

  @Test
  void theDrawDoesNotDependOnWhereTheFolderLies() {
    Corpus bare = new Corpus();
    for (String name : corpus().files().names()) {
      bare.images(name.replace("caltech-101/", ""));
    }
    assertThat(bare.paths(CALTECH, "inline_skate", true))
        .isEqualTo(
            corpus().paths(CALTECH, "inline_skate", true).stream()
                .map(path -> path.replace("caltech-101/", ""))
                .toList());
  }

  @Test
  void aFileOfAnotherNameIsRefused() {
    corpus()
        .images(FOLDER + "accordion/copy.jpg")
        .refused(CALTECH, FOLDER + "accordion/copy.jpg is not <class>/image_<number>.jpg");
  }

  @Test
  void aClassWithNothingLeftForTestIsRefused() {
    corpus()
        .without(FOLDER + "inline_skate/image_0007.jpg")
        .refused(CALTECH, "class inline_skate", "has no image in test");
  }

  @Test
  void anotherFolderIsRefused() {
    new Corpus().images("a/1.jpg").refused(CALTECH, "101_ObjectCategories/ is missing", "unpack");
  }
}
