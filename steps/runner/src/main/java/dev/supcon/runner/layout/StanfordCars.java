package dev.supcon.runner.layout;

import dev.supcon.runner.layout.MatVariables.Named;
import java.io.IOException;
import java.util.List;

/**
 * Stanford Cars: {@code devkit/cars_meta.mat} with the names of the classes, {@code
 * devkit/cars_train_annos.mat} and {@code cars_test_annos_withlabels.mat} with a class from 1 for
 * each image of {@code cars_train} and {@code cars_test}.
 */
record StanfordCars() implements Layout {
  private static final String NAMES = "devkit/cars_meta.mat";
  private static final String TRAIN = "devkit/cars_train_annos.mat";
  private static final String TEST = "cars_test_annos_withlabels.mat";

  @Override
  public Listing list(SourceFiles files) throws IOException {
    Lists lists = files.lists(NAMES, TRAIN, TEST);
    MatVariables meta = MatVariables.of(files, lists, NAMES);
    List<String> names = meta.texts("class_names");
    Enrolment images = Enrolment.named(files);
    for (int i = 0; i < names.size(); i++) {
      images.addClass(meta.at("class_names", i), names.get(i));
    }
    for (String end : new String[] {TRAIN, TEST}) {
      String folder = lists.folder(NAMES) + (end.equals(TEST) ? "cars_test/" : "cars_train/");
      MatVariables annotations = MatVariables.of(files, lists, end);
      List<Named> cars = annotations.named("annotations", "fname", "class");
      for (int i = 0; i < cars.size(); i++) {
        int number = cars.get(i).number();
        String className = number > names.size() ? "" + number : names.get(number - 1);
        String at = annotations.at("annotations", i);
        images.add(at, folder + cars.get(i).text(), className, end.equals(TEST));
      }
    }
    return images.finish();
  }
}
