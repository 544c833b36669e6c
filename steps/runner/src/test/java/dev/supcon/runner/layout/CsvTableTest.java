package dev.supcon.runner.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTableTest {
  private static final CsvTable CSV = new CsvTable();

  private static Corpus corpus() {
    return new Corpus()
        .images("set/a/1.png", "set/a/2.png", "set/a/3, old.png", "set/b/1.png", "set/b/2.png")
        .images("set/b/3.png", "set/unused.png")
        .list(
            "set/labels.csv",
            "path,label,split",
            "a/1.png,cat,train",
            "a/2.png,cat,train",
            "\"a/3, old.png\",cat,test",
            "b/1.png,\"dog, big\",train",
            "b/2.png,\"dog, big\",train",
            "b/3.png,\"dog, big\",test");
  }

  @Test
  void pathsAreFromTheTablesFolderAndQuotesHoldCommas() {
    assertThat(corpus().list(CSV).classNames()).containsExactly("cat", "dog, big");
    assertThat(corpus().paths(CSV, "cat", true)).containsExactly("set/a/3, old.png");
    assertThat(corpus().paths(CSV, "dog, big", false))
        .containsExactly("set/b/1.png", "set/b/2.png");
  }

  @Test
  void columnsMayStandInAnyOrderBesideOthersAndLinesMayEndAsElsewhere() {
    Corpus moved =
        corpus()
            .list(
                "set/labels.csv",
                "\uFEFFsplit,note,label,path\r",
                "train,,cat,a/1.png\r",
                "train,,cat,a/2.png\r",
                "test,x,cat,\"a/3, old.png\"\r",
                "\r",
                "train,,\"dog, big\",b/1.png\r",
                "train,,\"dog, big\",b/2.png\r",
                "test,,\"dog, big\",b/3.png\r");
    assertThat(moved.list(CSV)).isEqualTo(corpus().list(CSV));
  }

  @Test
  void numbersAreSortedAsNumbers() {
    Corpus numbers = new Corpus();
    String[] lines = new String[37];
    lines[0] = "path,label,split";
    for (int i = 0; i < 36; i++) {
      numbers.images(i + ".png");
      lines[i + 1] = i + ".png," + i % 12 + "," + (i < 24 ? "train" : "test");
    }
    assertThat(numbers.list("x.csv", lines).list(CSV).classNames())
        .containsExactly(IntStream.range(0, 12).mapToObj(String::valueOf).toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "b/3.png,dog,val        | split `val`; write a label, and train or test",
        "b/3.png,dog,           | split ``",
        "b/3.png,,test          | label ``",
        "b/3.png,dog            | has 2 cells for 3 columns",
        "b/9.png,cat,test       | lists set/b/9.png, which is not there",
        "../set/b/3.png,cat,test | leads out of the data set",
        "a/1.png,cat,train      | lists set/a/1.png again, after set/labels.csv line 2",
        "a/1.png,dog,test       | an image belongs to one class and one part",
      })
  void aWrongRowIsRefusedWithItsLine(String row, String reason) {
    corpus()
        .list("set/labels.csv", "path,label,split", "a/1.png,cat,train", row)
        .refused(CSV, "set/labels.csv line 3", reason);
  }

  @Test
  void aTableWithoutItsHeaderIsRefused() {
    corpus()
        .list("set/labels.csv", "a/1.png,cat,train", "a/2.png,cat,train")
        .refused(CSV, "set/labels.csv has the columns a/1.png, cat, train", "path, label, split");
  }

  @Test
  void anOpenQuoteIsRefused() {
    corpus()
        .list("set/labels.csv", "path,label,split", "\"a/1.png,cat,train")
        .refused(CSV, "set/labels.csv is no table");
  }

  @Test
  void noTableAndTwoTablesAreRefused() {
    corpus().without("set/labels.csv").refused(CSV, "has no .csv", "path, label, split");
    corpus().list("set/old.csv").refused(CSV, "set/labels.csv and set/old.csv", "leave one");
  }
}
