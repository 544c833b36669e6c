package dev.supcon.runner.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines have the form of the official Partitions.zip; its first is the first here. */
class Sun397Test {
  private static final Sun397 SUN = new Sun397();

  private static Corpus corpus() {
    return new Corpus()
        .images(
            "SUN397/a/abbey/sun_aqswjsnjlrfzzhiz.jpg",
            "SUN397/a/abbey/sun_aaoktempcmudsvna.jpg",
            "SUN397/a/abbey/sun_arxtvfkkycnqhfkj.jpg",
            "SUN397/t/track/outdoor/sun_aaa.jpg",
            "SUN397/t/track/outdoor/sun_aab.jpg",
            "SUN397/t/track/outdoor/sun_aac.jpg",
            "SUN397/t/track/outdoor/sun_unused.jpg")
        .list("SUN397/ClassName.txt", "/a/abbey", "/t/track/outdoor")
        .list("Partitions/ClassName2.txt", "/a/abbey")
        .list("Partitions/Training_02.txt", "/t/track/outdoor/sun_unused.jpg")
        .list(
            "Partitions/Training_01.txt",
            "/a/abbey/sun_aqswjsnjlrfzzhiz.jpg",
            "/a/abbey/sun_aaoktempcmudsvna.jpg",
            "/t/track/outdoor/sun_aaa.jpg",
            "/t/track/outdoor/sun_aab.jpg")
        .list(
            "Partitions/Testing_01.txt",
            "/a/abbey/sun_arxtvfkkycnqhfkj.jpg",
            "/t/track/outdoor/sun_aac.jpg");
  }

  @Test
  void theFirstPartitionIsReadWhereverItLies() {
    assertThat(corpus().list(SUN).classNames()).containsExactly("abbey", "track/outdoor");
    assertThat(corpus().paths(SUN, "abbey", false))
        .containsExactly(
            "SUN397/a/abbey/sun_aaoktempcmudsvna.jpg", "SUN397/a/abbey/sun_aqswjsnjlrfzzhiz.jpg");
    assertThat(corpus().paths(SUN, "track/outdoor", true))
        .containsExactly("SUN397/t/track/outdoor/sun_aac.jpg");
  }

  @Test
  void aClassThatIsNoneIsRefusedWithItsLine() {
    corpus()
        .list("Partitions/Testing_01.txt", "/a/abbey/sun_arxtvfkkycnqhfkj.jpg", "/t/track/x.jpg")
        .refused(SUN, "Partitions/Testing_01.txt line 2 names class track, which is none");
  }

  @Test
  void aPathThatLeadsOutIsRefused() {
    corpus()
        .list("Partitions/Testing_01.txt", "/a/abbey/../../x.jpg")
        .refused(SUN, "Partitions/Testing_01.txt line 1 names class");
    corpus()
        .list("SUN397/ClassName.txt", "/a/abbey", "/t/track/outdoor", "..")
        .list("Partitions/Testing_01.txt", "../x.jpg")
        .refused(SUN, "Partitions/Testing_01.txt line 1 lists SUN397/../x.jpg", "leads out");
  }
}
