package dev.supcon.runner.layout;

import dev.supcon.runner.layout.Lists.Line;
import java.io.IOException;

/**
 * FGVC-Aircraft (robots.ox.ac.uk/~vgg/data/fgvc-aircraft), told apart by variant: {@code
 * images_variant_train.txt}, {@code _val} and {@code _test} of lines {@code 1025794 707-320}, an
 * image of {@code images} and its variant, which may have blanks, and {@code variants.txt}.
 */
record FgvcAircraft() implements Layout {

  @Override
  public Listing list(SourceFiles files) throws IOException {
    Lists lists =
        files.lists(
            "variants.txt",
            "images_variant_train.txt",
            "images_variant_val.txt",
            "images_variant_test.txt");
    Enrolment images = Enrolment.of(files, lists.lines("variants.txt"));
    for (String part : new String[] {"train", "val", "test"}) {
      String end = "images_variant_" + part + ".txt";
      for (Line line : lists.lines(end)) {
        String[] words = line.text().split(" ", 2);
        if (words.length < 2) {
          throw files.refused(line.toString(), "is no image and variant; download it again");
        }
        String path = lists.folder(end) + "images/" + words[0] + ".jpg";
        images.add(line, path, words[1], part.equals("test"));
      }
    }
    return images.finish();
  }
}
