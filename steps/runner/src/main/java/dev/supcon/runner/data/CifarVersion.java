package dev.supcon.runner.data;

import java.util.List;

/**
 * One of the two official binary archives (cs.toronto.edu/~kriz/cifar.html).
 *
 * @param title what it is called
 * @param classNames by label, as published
 * @param namesFile list of the class names that must be there; empty where none is asked for
 * @param batches in the order of their samples
 * @param labelBytes before the pixels of a record; the last of them is the class
 */
record CifarVersion(
    String title, List<String> classNames, String namesFile, List<Batch> batches, int labelBytes) {

  static final CifarVersion CIFAR10 =
      new CifarVersion(
          "CIFAR-10",
          List.of(
              "airplane",
              "automobile",
              "bird",
              "cat",
              "deer",
              "dog",
              "frog",
              "horse",
              "ship",
              "truck"),
          "",
          List.of(
              new Batch("data_batch_1.bin", 10_000, false),
              new Batch("data_batch_2.bin", 10_000, false),
              new Batch("data_batch_3.bin", 10_000, false),
              new Batch("data_batch_4.bin", 10_000, false),
              new Batch("data_batch_5.bin", 10_000, false),
              new Batch("test_batch.bin", 10_000, true)),
          1);

  /** A coarse label, which nobody asks for, then the fine one. */
  static final CifarVersion CIFAR100 =
      new CifarVersion(
          "CIFAR-100",
          fineNames(),
          "fine_label_names.txt",
          List.of(new Batch("train.bin", 50_000, false), new Batch("test.bin", 10_000, true)),
          2);

  /** A file of records. */
  record Batch(String file, int records, boolean test) {}

  private static List<String> fineNames() {
    String names =
        """
        apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle
        bowl boy bridge bus butterfly camel can castle caterpillar cattle
        chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur
        dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard
        lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain
        mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree
        plain plate poppy porcupine possum rabbit raccoon ray road rocket
        rose sea seal shark shrew skunk skyscraper snail snake spider
        squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor
        train trout tulip turtle wardrobe whale willow_tree wolf woman worm
        """;
    return List.of(names.strip().split("\\s+"));
  }
}
