package dev.supcon.runner.layout;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;

/**
 * Oxford Flowers-102 (robots.ox.ac.uk/~vgg/data/flowers/102): {@code imagelabels.mat} with a class
 * from 1 for each image of {@code jpg}, and {@code setid.mat} with the numbers of the images to
 * train, validate and test on. The classes have no names there but their numbers.
 */
record Flowers102() implements Layout {
  private static final String LABELS = "imagelabels.mat";
  private static final String PARTS = "setid.mat";

  @Override
  public Listing list(SourceFiles files) throws IOException {
    Lists lists = files.lists(LABELS, PARTS);
    MatVariables labelled = MatVariables.of(files, lists, LABELS);
    List<Integer> labels = labelled.numbers("labels");
    Enrolment images = Enrolment.named(files);
    for (int label : new TreeSet<>(labels)) {
      images.addClass(labelled.at("labels", labels.indexOf(label)), String.valueOf(label));
    }
    MatVariables parts = MatVariables.of(files, lists, PARTS);
    for (String part : new String[] {"trnid", "valid", "tstid"}) {
      List<Integer> numbers = parts.numbers(part);
      for (int i = 0; i < numbers.size(); i++) {
        int number = numbers.get(i);
        if (number > labels.size()) {
          throw files.refused(
              parts.at(part, i), "is image %d, which has no label".formatted(number));
        }
        String path = lists.folder(PARTS) + "jpg/image_%05d.jpg".formatted(number);
        String className = String.valueOf(labels.get(number - 1));
        images.add(parts.at(part, i), path, className, part.equals("tstid"));
      }
    }
    return images.finish();
  }
}
