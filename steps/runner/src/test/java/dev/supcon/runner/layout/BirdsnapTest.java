package dev.supcon.runner.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Columns and header lines are those that the readme of version 1.1 describes. */
class BirdsnapTest {
  private static final Birdsnap BIRDS = new Birdsnap();
  private static final String HEAD = "url\tmd5\tpath\tspecies_id\tbb_x1\tbb_y1\tback_x";

  private static Corpus corpus() {
    return corpus("download/images/");
  }

  private static Corpus corpus(String folder) {
    return new Corpus()
        .images(
            folder + "Acadian_Flycatcher/1.jpg",
            folder + "Acadian_Flycatcher/2.jpg",
            folder + "Acadian_Flycatcher/3.jpg",
            folder + "Coopers_Hawk/4.jpg",
            folder + "Coopers_Hawk/5.jpg",
            folder + "Coopers_Hawk/6.jpg")
        .list(
            "species.txt",
            "id\tcommon\tscientific\tdir",
            "1\tAcadian Flycatcher\tEmpidonax virescens\tAcadian_Flycatcher",
            "2\tCooper's Hawk\tAccipiter cooperii\tCoopers_Hawk")
        .list(
            "images.txt",
            HEAD,
            row("Acadian_Flycatcher/1.jpg", 1),
            row("Acadian_Flycatcher/2.jpg", 1),
            row("Acadian_Flycatcher/3.jpg", 1),
            row("Coopers_Hawk/4.jpg", 2),
            row("Coopers_Hawk/5.jpg", 2),
            row("Coopers_Hawk/6.jpg", 2))
        .list("test_images.txt", "path", "Acadian_Flycatcher/2.jpg", "Coopers_Hawk/6.jpg");
  }

  private static String row(String path, int species) {
    return "http://x/\"y\tfa0\t" + path + "\t" + species + "\t1\t2\t3";
  }

  @Test
  void whatIsNoTestImageTrains() {
    assertThat(corpus().list(BIRDS).classNames())
        .containsExactly("Acadian Flycatcher", "Cooper's Hawk");
    assertThat(corpus().paths(BIRDS, "Acadian Flycatcher", false))
        .containsExactly(
            "download/images/Acadian_Flycatcher/1.jpg", "download/images/Acadian_Flycatcher/3.jpg");
    assertThat(corpus("images/").paths(BIRDS, "Cooper's Hawk", true))
        .containsExactly("images/Coopers_Hawk/6.jpg");
  }

  @Test
  void anImageThatWasNotDownloadedIsRefusedWithItsLine() {
    corpus()
        .without("download/images/Coopers_Hawk/5.jpg")
        .refused(BIRDS, "images.txt line 6 lists download/images/Coopers_Hawk/5.jpg");
  }

  @Test
  void aSpeciesThatIsNoneIsRefusedWithItsLine() {
    corpus()
        .list("images.txt", HEAD, row("Coopers_Hawk/4.jpg", 501))
        .refused(BIRDS, "images.txt line 2 names class 501, which is none");
  }

  @Test
  void aTestImageThatIsNoImageIsRefusedWithItsLine() {
    corpus()
        .list("test_images.txt", "path", "Acadian_Flycatcher/2.jpg", "Coopers_Hawk/9.jpg")
        .refused(
            BIRDS, "test_images.txt line 3 lists Coopers_Hawk/9.jpg, which images.txt does not");
  }

  @Test
  void aListWithoutItsHeaderIsRefused() {
    corpus()
        .list("test_images.txt", "Acadian_Flycatcher/2.jpg", "Coopers_Hawk/6.jpg")
        .refused(BIRDS, "test_images.txt has the columns", "its first line must name path");
  }

  @Test
  void aRowThatIsCutOffIsRefusedWithItsLine() {
    corpus()
        .list("images.txt", HEAD, row("Coopers_Hawk/4.jpg", 2), "http://x\tfa0\tCoopers_Hawk/5.jpg")
        .refused(BIRDS, "images.txt line 3 has 3 cells for 7 columns");
  }
}
