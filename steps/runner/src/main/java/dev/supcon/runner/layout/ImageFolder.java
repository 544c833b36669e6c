package dev.supcon.runner.layout;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code train/<class>/<image>} and {@code test/<class>/<image>}, below at most one folder more.
 * Nothing below train and test is passed over but hidden files: a file that is left out is another
 * experiment. Classes are the sorted names of the folders.
 */
record ImageFolder() implements Layout {

  @Override
  public Listing list(SourceFiles files) {
    String root = root(files);
    Enrolment images = Enrolment.open(files);
    for (String name : files.names()) {
      if (name.startsWith(root + "train/")) {
        add(files, name, root + "train/", images);
      } else if (name.startsWith(root + "test/")) {
        add(files, name, root + "test/", images);
      }
    }
    return images.finish();
  }

  /** The folder that holds train: the source itself, or the only one in it that does. */
  private static String root(SourceFiles files) {
    Set<String> roots = new TreeSet<>();
    for (String name : files.names()) {
      int step = name.indexOf('/') + 1;
      if (name.startsWith("train/")) {
        return "";
      } else if (name.startsWith("train/", step) && !name.startsWith(".")) {
        roots.add(name.substring(0, step));
      }
    }
    if (roots.size() == 1) {
      return roots.iterator().next();
    }
    throw roots.isEmpty()
        ? files.refused(
            "it", "has no train/<class>/<image>; a data set needs train and test folders")
        : files.refused(
            "it",
            "holds several data sets, %s; give the path of one of them"
                .formatted(String.join(" and ", roots)));
  }

  private static void add(SourceFiles files, String name, String part, Enrolment images) {
    List<String> steps = Arrays.asList(name.substring(part.length()).split("/", -1));
    String className = steps.getFirst();
    if (steps.size() > 1 && !className.startsWith(".")) {
      images.addFolder(part + className, className);
    }
    if (steps.getLast().isEmpty() || steps.stream().anyMatch(step -> step.startsWith("."))) {
      return;
    }
    if (steps.size() != 2) {
      throw files.refused(name, "is not " + part + "<class>/<image>; move it there, or remove it");
    }
    images.add(name, name, className, part.endsWith("test/"));
  }
}
