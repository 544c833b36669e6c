package dev.supcon.runner.layout;

import dev.supcon.runner.layout.Lists.Line;
import java.io.IOException;

/**
 * Food-101 (data.vision.ee.ethz.ch/cvl/datasets_extra/food-101): {@code meta/train.txt} and {@code
 * test.txt} of lines {@code apple_pie/1005649}, an image's path in {@code images} without its
 * {@code .jpg}, and {@code classes.txt}.
 */
record Food101() implements Layout {

  @Override
  public Listing list(SourceFiles files) throws IOException {
    Lists lists = files.lists("meta/classes.txt", "meta/train.txt", "meta/test.txt");
    Enrolment images = Enrolment.of(files, lists.lines("meta/classes.txt"));
    for (String end : new String[] {"meta/train.txt", "meta/test.txt"}) {
      for (Line line : lists.lines(end)) {
        String path = lists.folder(end) + "images/" + line.text() + ".jpg";
        String className = line.text().replaceFirst("/.*", "");
        images.add(line, path, className, end.equals("meta/test.txt"));
      }
    }
    return images.finish();
  }
}
