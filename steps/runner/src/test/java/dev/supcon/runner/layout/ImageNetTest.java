package dev.supcon.runner.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImageNetTest {
  private static final ImageNet IMAGENET = new ImageNet();

  private static Corpus train(String root) {
    return new Corpus()
        .images(
            root + "train/n01443537/n01443537_2.JPEG",
            root + "train/n01443537/n01443537_10.JPEG",
            root + "train/n01440764/n01440764_36.JPEG",
            root + "train/n01440764/n01440764_37.JPEG");
  }

  @Test
  void classesAreTheSortedWnidsAndTheValidationPartIsTheTest() {
    for (String part : new String[] {"val", "test"}) {
      Corpus corpus =
          train("imagenet/")
              .images(
                  "imagenet/" + part + "/n01440764/ILSVRC2012_val_00000293.JPEG",
                  "imagenet/" + part + "/n01443537/ILSVRC2012_val_00000236.JPEG");
      assertThat(corpus.list(IMAGENET).classNames()).containsExactly("n01440764", "n01443537");
      assertThat(corpus.paths(IMAGENET, "n01440764", false)).hasSize(2);
      assertThat(corpus.paths(IMAGENET, "n01443537", true))
          .containsExactly("imagenet/" + part + "/n01443537/ILSVRC2012_val_00000236.JPEG");
    }
  }

  /** Kaggle's layout; its own test part has no labels. */
  private static Corpus kaggle() {
    String root = "ILSVRC/Data/CLS-LOC/";
    return train(root)
        .images(
            root + "val/ILSVRC2012_val_00000236.JPEG",
            root + "val/ILSVRC2012_val_00000293.JPEG",
            root + "test/ILSVRC2012_test_00000001.JPEG")
        .list("LOC_synset_mapping.txt", "n01440764 tench, Tinca tinca")
        .list(
            "LOC_val_solution.csv",
            "ImageId,PredictionString",
            "ILSVRC2012_val_00000293,n01440764 111 108 474 317 ",
            "ILSVRC2012_val_00000236,n01443537 85 1 499 272 n01443537 1 2 3 4 ");
  }

  @Test
  void aFlatValidationPartIsSortedByItsSolution() {
    assertThat(kaggle().list(IMAGENET).items()).hasSize(6);
    assertThat(kaggle().paths(IMAGENET, "n01440764", true))
        .containsExactly("ILSVRC/Data/CLS-LOC/val/ILSVRC2012_val_00000293.JPEG");
  }

  @Test
  void aFlatValidationPartWithoutSolutionIsRefused() {
    kaggle()
        .without("LOC_val_solution.csv")
        .refused(IMAGENET, "ILSVRC2012_validation_ground_truth.txt is missing");
  }

  /** The devkit's own numbers are not in the order of the wnids. */
  private static Corpus devkit() {
    return train("")
        .images("val/ILSVRC2012_val_00000001.JPEG", "val/ILSVRC2012_val_00000002.JPEG")
        .file("ILSVRC2012_devkit_t12/data/meta.mat", Flowers102Test.resource("imagenet_meta.mat"))
        .list("ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt", "1", "2");
  }

  @Test
  void aFlatValidationPartIsSortedByTheDevkit() {
    assertThat(devkit().paths(IMAGENET, "n01443537", true))
        .containsExactly("val/ILSVRC2012_val_00000001.JPEG");
    assertThat(devkit().paths(IMAGENET, "n01440764", true))
        .containsExactly("val/ILSVRC2012_val_00000002.JPEG");
  }

  @Test
  void aNumberThatIsNoClassAndANumberTooManyAreRefused() {
    String truth = "ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt";
    devkit().list(truth, "1", "7").refused(IMAGENET, truth + " line 2 has class 7, which is none");
    devkit()
        .list(truth, "1", "2", "1")
        .refused(IMAGENET, truth + " line 3 is of ILSVRC2012_val_00000003, which is not in val");
  }

  @Test
  void anImageWithoutSolutionAndASolutionWithoutImageAreRefused() {
    kaggle()
        .images("ILSVRC/Data/CLS-LOC/val/ILSVRC2012_val_00000300.JPEG")
        .refused(IMAGENET, "val/ILSVRC2012_val_00000300.JPEG has no class in the list");
    kaggle()
        .without("ILSVRC/Data/CLS-LOC/val/ILSVRC2012_val_00000236.JPEG")
        .refused(IMAGENET, "LOC_val_solution.csv line 3 is of ILSVRC2012_val_00000236");
  }

  @Test
  void tarsInTheSourceAreRefusedWithWhatToDo() {
    new Corpus()
        .images("ILSVRC2012_img_train.tar", "ILSVRC2012_img_val.tar")
        .refused(IMAGENET, "ILSVRC2012_img_train.tar is a tar in the source", "unpack it");
    new Corpus()
        .images("n01440764.tar", "n01443537.tar")
        .refused(IMAGENET, "n01440764.tar is a tar in the source", "unpack it");
  }

  @Test
  void aFileWhereNoImageBelongsIsRefused() {
    for (String name :
        new String[] {"train/x.JPEG", "train/n01440764/a/b.JPEG", "train/cat/1.JPEG"}) {
      train("").images(name).refused(IMAGENET, name + " is not train/<wnid>/<image>.JPEG");
    }
  }

  @Test
  void aClassThatIsOnlyInTheTestIsRefused() {
    train("")
        .images("val/n01440764/1.JPEG", "val/n01443537/2.JPEG", "val/n01530575/3.JPEG")
        .refused(IMAGENET, "class n01530575 (val/n01530575/3.JPEG) has no image in train");
  }
}
