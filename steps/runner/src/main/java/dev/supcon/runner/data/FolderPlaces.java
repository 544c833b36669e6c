package dev.supcon.runner.data;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the paths below a source say of its images, before one of them is read. Nothing below train
 * and test is passed over but hidden files: a file that is left out is another experiment.
 *
 * @param all images, in the order of the paths
 * @param classNames sorted
 */
record FolderPlaces(List<Place> all, List<String> classNames) {

  /** Where an image lies. */
  record Place(String name, boolean test, String className) {}

  /**
   * @param source for messages
   * @param names as {@link FileTree#names} gives them
   * @throws StepFailure {@code DATA} when a class has no image in train or in test, when there are
   *     two data sets, and when a file lies where no image belongs
   */
  static FolderPlaces of(Path source, List<String> names) {
    String root = root(source, names);
    List<Place> places = new ArrayList<>();
    Set<String> classes = new TreeSet<>();
    for (String name : names) {
      if (name.startsWith(root + "train/")) {
        add(source, name, root + "train/", places, classes);
      } else if (name.startsWith(root + "test/")) {
        add(source, name, root + "test/", places, classes);
      }
    }
    refuseEmpty(source, places, classes);
    return new FolderPlaces(List.copyOf(places), List.copyOf(classes));
  }

  /** The folder that holds train: the source itself, or the only one in it that does. */
  private static String root(Path source, List<String> names) {
    Set<String> roots = new TreeSet<>();
    for (String name : names) {
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
    throw fault(
        source,
        roots.isEmpty()
            ? "has no train/<class>/<image>; a data set needs train and test folders"
            : "holds several data sets, "
                + String.join(" and ", roots)
                + "; give the path of one of them");
  }

  private static void add(
      Path source, String name, String part, List<Place> places, Set<String> classes) {
    List<String> steps = Arrays.asList(name.substring(part.length()).split("/", -1));
    String className = steps.getFirst();
    if (steps.size() > 1 && !className.startsWith(".")) {
      classes.add(className);
    }
    if (steps.getLast().isEmpty() || steps.stream().anyMatch(step -> step.startsWith("."))) {
      return;
    }
    if (steps.size() != 2) {
      throw FileTree.refused(
          source, name, "is not " + part + "<class>/<image>; move it there, or remove it");
    }
    places.add(new Place(name, part.endsWith("test/"), className));
  }

  private static void refuseEmpty(Path source, List<Place> places, Set<String> classes) {
    for (boolean test : new boolean[] {false, true}) {
      Set<String> filled =
          places.stream()
              .filter(place -> place.test() == test)
              .map(Place::className)
              .collect(Collectors.toSet());
      for (String name : classes) {
        if (!filled.contains(name)) {
          throw fault(
              source,
              "class %s has no image in %s; add some, or remove the class"
                  .formatted(name, test ? "test" : "train"));
        }
      }
    }
  }

  private static StepFailure fault(Path source, String reason) {
    return new StepFailure(ExitCode.DATA, source + ": " + reason + ".");
  }
}
