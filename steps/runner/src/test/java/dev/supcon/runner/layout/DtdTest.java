package dev.supcon.runner.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names are of the official archive, dtd-r1.0.1.tar.gz. */
class DtdTest {
  private static final Dtd DTD = new Dtd();

  private static Corpus corpus() {
    return new Corpus()
        .images(
            "dtd/images/banded/banded_0002.jpg",
            "dtd/images/banded/banded_0004.jpg",
            "dtd/images/banded/banded_0005.jpg",
            "dtd/images/banded/banded_0008.jpg",
            "dtd/images/blotchy/blotchy_0003.jpg",
            "dtd/images/blotchy/blotchy_0006.jpg",
            "dtd/images/blotchy/blotchy_0007.jpg")
        .list("dtd/imdb/imdb.mat")
        .list("dtd/labels/labels_joint_anno.txt", "banded/banded_0002.jpg banded ")
        .list("dtd/labels/train2.txt", "banded/banded_0008.jpg")
        .list("dtd/labels/train1.txt", "banded/banded_0004.jpg", "blotchy/blotchy_0003.jpg")
        .list("dtd/labels/val1.txt", "banded/banded_0002.jpg", "blotchy/blotchy_0007.jpg")
        .list("dtd/labels/test1.txt", "banded/banded_0005.jpg", "blotchy/blotchy_0006.jpg");
  }

  @Test
  void theFirstSplitIsReadAndItsValidationPartTrains() {
    assertThat(corpus().list(DTD).classNames()).containsExactly("banded", "blotchy");
    assertThat(corpus().paths(DTD, "banded", false))
        .containsExactly("dtd/images/banded/banded_0002.jpg", "dtd/images/banded/banded_0004.jpg");
    assertThat(corpus().paths(DTD, "blotchy", true))
        .containsExactly("dtd/images/blotchy/blotchy_0006.jpg");
  }

  @Test
  void aMissingListIsRefusedByName() {
    corpus().without("dtd/labels/val1.txt").refused(DTD, "labels/val1.txt is missing", "unpack");
  }

  @Test
  void aListThatIsThereTwiceIsRefusedByBothNames() {
    corpus()
        .list("old/labels/test1.txt")
        .refused(DTD, "dtd/labels/test1.txt and old/labels/test1.txt", "remove one");
  }

  @Test
  void aListedImageThatIsNotThereIsRefusedWithItsLine() {
    corpus()
        .without("dtd/images/blotchy/blotchy_0007.jpg")
        .refused(
            DTD, "dtd/labels/val1.txt line 2 lists dtd/images/blotchy/blotchy_0007.jpg", "unpack");
  }

  @Test
  void anImageThatIsListedTwiceIsRefusedWithBothLines() {
    corpus()
        .list("dtd/labels/test1.txt", "banded/banded_0005.jpg", "banded/banded_0004.jpg")
        .refused(DTD, "dtd/labels/test1.txt line 2", "again, after dtd/labels/train1.txt line 1");
  }

  @Test
  void aPathThatLeadsOutIsRefusedWithItsLine() {
    for (String path :
        new String[] {"../banded/x.jpg", "banded/../../x.jpg", "/etc/passwd", "banded\\x.jpg"}) {
      corpus()
          .list("dtd/labels/train1.txt", "banded/banded_0004.jpg", path)
          .refused(DTD, "dtd/labels/train1.txt line 2 lists", path, "leads out");
    }
  }

  @Test
  void aClassWithoutTestImagesIsRefusedWithWhereItIsNamed() {
    corpus()
        .list("dtd/labels/test1.txt", "banded/banded_0005.jpg")
        .refused(
            DTD, "class blotchy (dtd/labels/train1.txt line 2) has no image in test", "add some");
  }

  @Test
  void aClassWithOneTrainingImageIsRefused() {
    corpus()
        .list("dtd/labels/val1.txt", "banded/banded_0002.jpg")
        .refused(DTD, "class blotchy", "has one training image", "add some");
  }

  @Test
  void aMarkAtTheBeginningAndCarriageReturnsAndBlankLinesAreNoNames() {
    Corpus edited =
        corpus()
            .list(
                "dtd/labels/train1.txt",
                "\uFEFFbanded/banded_0004.jpg\r",
                "\r",
                "blotchy/blotchy_0003.jpg\r");
    assertThat(edited.list(DTD)).isEqualTo(corpus().list(DTD));
  }

  @Test
  void aListThatIsNoTextIsRefused() {
    corpus()
        .file("dtd/labels/train1.txt", new byte[] {'b', (byte) 0xFF, '\n'})
        .refused(DTD, "dtd/labels/train1.txt is no UTF-8 text");
  }
}
