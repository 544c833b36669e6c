package dev.supcon.runner.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines of the official annotations.tar.gz; which of them are in train is not its. */
class OxfordPetsTest {
  private static final OxfordPets PETS = new OxfordPets();

  private static Corpus corpus() {
    Corpus corpus =
        new Corpus()
            .list(
                "annotations/list.txt",
                "#Image CLASS-ID SPECIES BREED ID",
                "#ID: 1:37 Class ids",
                "#SPECIES: 1:Cat 2:Dog",
                "Abyssinian_100 1 1 1")
            .list("annotations/._trainval.txt", "what another system left")
            .list(
                "annotations/trainval.txt",
                "Abyssinian_100 1 1 1",
                "Abyssinian_101 1 1 1",
                "american_bulldog_100 2 2 1",
                "american_bulldog_101 2 2 1",
                "Bengal_100 6 1 2",
                "Bengal_101 6 1 2")
            .list(
                "annotations/test.txt",
                "Abyssinian_201 1 1 1",
                "american_bulldog_201 2 2 1",
                "Bengal_201 6 1 2");
    for (String breed : new String[] {"Abyssinian", "american_bulldog", "Bengal"}) {
      for (String number : new String[] {"100", "101", "201"}) {
        corpus.images("images/" + breed + "_" + number + ".jpg");
      }
    }
    return corpus.images("images/Abyssinian_34.jpg", "images/Abyssinian_100.mat");
  }

  @Test
  void breedsStandInTheOrderOfTheirNumbers() {
    assertThat(corpus().list(PETS).classNames())
        .containsExactly("Abyssinian", "american_bulldog", "Bengal");
    assertThat(corpus().paths(PETS, "american_bulldog", false))
        .containsExactly("images/american_bulldog_100.jpg", "images/american_bulldog_101.jpg");
    assertThat(corpus().paths(PETS, "Bengal", true)).containsExactly("images/Bengal_201.jpg");
  }

  @Test
  void aNumberOfTwoBreedsIsRefusedWithBothLines() {
    corpus()
        .list("annotations/test.txt", "Abyssinian_201 2 1 1")
        .refused(
            PETS,
            "annotations/test.txt line 1 has class 2 for Abyssinian",
            "american_bulldog by annotations/trainval.txt line 3");
  }

  @Test
  void aBreedOfTwoNumbersIsRefused() {
    corpus()
        .list("annotations/test.txt", "Abyssinian_201 7 1 1")
        .refused(PETS, "annotations/test.txt line 1 names class Abyssinian again");
  }

  @Test
  void aLineOfAnotherFormIsRefused() {
    for (String line :
        new String[] {"Abyssinian_201", "Abyssinian_201 0 1 1", "Abyssinian 1 1 1", "a_1 x 1 1"}) {
      corpus()
          .list("annotations/test.txt", "Bengal_201 6 1 2", line)
          .refused(PETS, "annotations/test.txt line 2 is not `image class species breed`");
    }
  }
}
