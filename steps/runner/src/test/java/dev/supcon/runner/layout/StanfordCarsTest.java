package dev.supcon.runner.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** On lists that SciPy writes, with the official variables (dev/oracles/layouts_golden.py). */
class StanfordCarsTest {
  private static final StanfordCars CARS = new StanfordCars();

  private static Corpus corpus() {
    return new Corpus()
        .file("devkit/cars_meta.mat", Flowers102Test.resource("cars_meta_small.mat"))
        .file("devkit/cars_train_annos.mat", Flowers102Test.resource("cars_train_annos_small.mat"))
        .file("devkit/cars_test_annos.mat", new byte[0])
        .file(
            "cars_test_annos_withlabels.mat", Flowers102Test.resource("cars_test_annos_small.mat"))
        .images("cars_train/00001.jpg", "cars_train/00002.jpg", "cars_train/00003.jpg")
        .images("cars_train/00004.jpg", "cars_test/00001.jpg", "cars_test/00002.jpg")
        .images("cars_test/00003.jpg");
  }

  @Test
  void classesAreCountedFromOneAndBothPartsAreRead() {
    assertThat(corpus().list(CARS).classNames())
        .containsExactly("AM General Hummer SUV 2000", "Acura RL Sedan 2012");
    assertThat(corpus().paths(CARS, "Acura RL Sedan 2012", false))
        .containsExactly("cars_train/00001.jpg", "cars_train/00004.jpg");
    assertThat(corpus().paths(CARS, "AM General Hummer SUV 2000", true))
        .containsExactly("cars_test/00001.jpg");
  }

  @Test
  void aClassThatIsNoneIsRefusedWithItsPlace() {
    corpus()
        .file("devkit/cars_train_annos.mat", Flowers102Test.resource("cars_class_3.mat"))
        .refused(CARS, "devkit/cars_train_annos.mat annotations(2) names class 3, which is none");
  }

  @Test
  void annotationsWithoutLabelsAreRefused() {
    corpus()
        .file("cars_test_annos_withlabels.mat", Flowers102Test.resource("cars_meta_small.mat"))
        .refused(CARS, "cars_test_annos_withlabels.mat has no variable annotations as published");
  }
}
