package dev.supcon.runner.layout;

import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.layout.Listing.Item;
import dev.supcon.runner.layout.Lists.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Takes images one by one as a layout tells of them, and refuses what cannot be. */
final class Enrolment {
  private final SourceFiles files;
  private final Set<String> present;
  private final Map<String, String> classes;
  private final boolean open;
  private final Map<String, Entry> entries = new TreeMap<>();

  /**
   * @param at where it is told of
   */
  private record Entry(String at, String className, boolean test) {}

  private Enrolment(SourceFiles files, Map<String, String> classes, boolean open) {
    this.files = files;
    this.present = new HashSet<>(files.names());
    this.classes = classes;
    this.open = open;
  }

  /** Classes are what the images are of, sorted by name. */
  static Enrolment open(SourceFiles files) {
    return new Enrolment(files, new TreeMap<>(), true);
  }

  /** Classes stand in a list, by label. */
  static Enrolment of(SourceFiles files, List<Line> classNames) {
    Enrolment images = named(files);
    classNames.forEach(line -> images.addClass(line.toString(), line.text()));
    return images;
  }

  /** Classes are told one by one, by label. */
  static Enrolment named(SourceFiles files) {
    return new Enrolment(files, new LinkedHashMap<>(), false);
  }

  /**
   * The next class.
   *
   * @param at where it is told of
   */
  void addClass(String at, String className) {
    String first = classes.putIfAbsent(className, at);
    if (first != null) {
      throw files.refused(at, "names class %s again, after %s".formatted(className, first));
    }
  }

  /** A class that is told of beside its images, so it may have none. */
  void addFolder(String at, String className) {
    classes.putIfAbsent(className, at);
  }

  /** An image that a list tells of. */
  void add(Line line, String path, String className, boolean test) {
    add(line.toString(), path, className, test);
  }

  /**
   * An image.
   *
   * @param at where it is told of
   * @param path in the source
   */
  void add(String at, String path, String className, boolean test) {
    if (open) {
      classes.putIfAbsent(className, at);
    } else if (!classes.containsKey(className)) {
      throw files.refused(at, "names class %s, which is none".formatted(className));
    }
    refuseAbsent(at, path);
    Entry before = entries.put(path, new Entry(at, className, test));
    if (before != null) {
      throw files.refused(
          at,
          "lists %s again, after %s; an image belongs to one class and one part"
              .formatted(path, before.at()));
    }
  }

  private void refuseAbsent(String at, String path) {
    List<String> steps = Arrays.asList(path.split("/", -1));
    if (steps.contains("..") || steps.contains(".") || steps.contains("") || path.contains("\\")) {
      throw files.refused(at, "lists %s, which leads out of the data set".formatted(path));
    }
    if (!present.contains(path)) {
      throw files.refused(
          at, "lists %s, which is not there; unpack the images beside the lists".formatted(path));
    }
  }

  /**
   * All that was taken.
   *
   * @throws StepFailure {@code DATA} when a class has too few images to learn from, or none in test
   */
  Listing finish() {
    Map<String, Integer> labels = new HashMap<>();
    classes.keySet().forEach(name -> labels.put(name, labels.size()));
    int[] train = new int[labels.size()];
    int[] test = new int[labels.size()];
    List<Item> items = new ArrayList<>();
    entries.forEach(
        (path, entry) -> {
          int label = labels.getOrDefault(entry.className(), 0);
          items.add(new Item(path, label, entry.test()));
          (entry.test() ? test : train)[label]++;
        });
    labels.forEach((name, label) -> refuseFew(name, train[label], test[label]));
    if (labels.size() < 2) {
      throw files.refused("it", "has one class only; there is nothing to tell apart");
    }
    return new Listing(List.copyOf(classes.keySet()), items);
  }

  private void refuseFew(String className, int train, int test) {
    String name = "class %s (%s)".formatted(className, classes.get(className));
    if (train == 0 || test == 0) {
      throw files.refused(
          name,
          "has no image in %s; add some, or remove the class"
              .formatted(train == 0 ? "train" : "test"));
    }
    if (train == 1) {
      throw files.refused(
          name, "has one training image; a positive pair of samples needs two, so add some");
    }
  }
}
