package dev.supcon.runner.layout;

import dev.supcon.runner.layout.Lists.Line;
import java.io.IOException;

/**
 * Describable Textures (robots.ox.ac.uk/~vgg/data/dtd): {@code labels/train1.txt}, {@code val1.txt}
 * and {@code test1.txt}, the first of ten splits, of lines {@code banded/banded_0002.jpg} in {@code
 * images}.
 */
record Dtd() implements Layout {

  @Override
  public Listing list(SourceFiles files) throws IOException {
    Lists lists = files.lists("labels/train1.txt", "labels/val1.txt", "labels/test1.txt");
    Enrolment images = Enrolment.open(files);
    for (String part : new String[] {"train", "val", "test"}) {
      String end = "labels/" + part + "1.txt";
      for (Line line : lists.lines(end)) {
        String path = lists.folder(end) + "images/" + line.text();
        images.add(line, path, line.text().replaceFirst("/.*", ""), part.equals("test"));
      }
    }
    return images.finish();
  }
}
