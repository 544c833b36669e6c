package dev.supcon.runner.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names are of the official archive, food-101.tar.gz. */
class Food101Test {
  private static final Food101 FOOD = new Food101();

  private static Corpus corpus() {
    return new Corpus()
        .images(
            "food-101/images/apple_pie/1005649.jpg",
            "food-101/images/apple_pie/1011328.jpg",
            "food-101/images/apple_pie/1014775.jpg",
            "food-101/images/waffles/1004084.jpg",
            "food-101/images/waffles/1010053.jpg",
            "food-101/images/waffles/1021955.jpg")
        .list("food-101/meta/classes.txt", "apple_pie", "waffles")
        .list("food-101/meta/labels.txt", "Apple pie", "Waffles")
        .list("food-101/meta/train.json", "{\"apple_pie\": []}")
        .list(
            "food-101/meta/train.txt",
            "apple_pie/1005649",
            "apple_pie/1014775",
            "waffles/1004084",
            "waffles/1010053")
        .list("food-101/meta/test.txt", "apple_pie/1011328", "waffles/1021955");
  }

  @Test
  void linesArePathsWithoutTheirEnding() {
    assertThat(corpus().list(FOOD).classNames()).containsExactly("apple_pie", "waffles");
    assertThat(corpus().paths(FOOD, "apple_pie", false))
        .containsExactly(
            "food-101/images/apple_pie/1005649.jpg", "food-101/images/apple_pie/1014775.jpg");
    assertThat(corpus().paths(FOOD, "waffles", true))
        .containsExactly("food-101/images/waffles/1021955.jpg");
  }

  @Test
  void aClassThatIsNoneIsRefusedWithItsLine() {
    corpus()
        .list("food-101/meta/train.txt", "apple_pie/1005649", "apple_cake/1014775")
        .refused(FOOD, "food-101/meta/train.txt line 2 names class apple_cake, which is none");
  }

  @Test
  void aClassThatIsListedTwiceIsRefused() {
    corpus()
        .list("food-101/meta/classes.txt", "apple_pie", "waffles", "apple_pie")
        .refused(FOOD, "classes.txt line 3 names class apple_pie again", "classes.txt line 1");
  }

  @Test
  void aClassWithoutImagesIsRefusedWithItsLine() {
    corpus()
        .list("food-101/meta/classes.txt", "apple_pie", "baklava", "waffles")
        .refused(FOOD, "class baklava (food-101/meta/classes.txt line 2) has no image in train");
  }
}
