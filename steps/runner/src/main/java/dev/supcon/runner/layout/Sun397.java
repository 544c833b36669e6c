package dev.supcon.runner.layout;

import dev.supcon.runner.layout.Lists.Line;
import java.io.IOException;

/**
 * SUN397 (vision.princeton.edu/projects/2010/SUN): {@code ClassName.txt} beside the images, of
 * lines {@code /a/abbey}, and the first of ten partitions, {@code Training_01.txt} and {@code
 * Testing_01.txt}, of lines {@code /a/abbey/sun_aqswjsnjlrfzzhiz.jpg}.
 */
record Sun397() implements Layout {

  @Override
  public Listing list(SourceFiles files) throws IOException {
    Lists lists = files.lists("ClassName.txt", "Training_01.txt", "Testing_01.txt");
    Enrolment images =
        Enrolment.of(
            files,
            lists.lines("ClassName.txt").stream()
                .map(line -> line.with(withoutInitial(line.text())))
                .toList());
    for (String end : new String[] {"Training_01.txt", "Testing_01.txt"}) {
      for (Line line : lists.lines(end)) {
        String path = lists.folder("ClassName.txt") + line.text().replaceFirst("^/", "");
        String className = withoutInitial(line.text().replaceFirst("/[^/]*$", ""));
        images.add(line, path, className, end.equals("Testing_01.txt"));
      }
    }
    return images.finish();
  }

  /** {@code abbey} of {@code /a/abbey}. */
  private static String withoutInitial(String className) {
    return className.replaceFirst("^/[a-z]/", "");
  }
}
