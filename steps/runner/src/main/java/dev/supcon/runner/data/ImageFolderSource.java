package dev.supcon.runner.data;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code train/<class>/<image>} and {@code test/<class>/<image>}, in a folder or a tar, below at
 * most one folder more. Classes are the sorted names of the folders in {@code train}.
 */
final class ImageFolderSource implements ImageSource {
  private static final Pattern PLACE = Pattern.compile("(?:[^/]+/)?(train|test)/([^/]+)/([^/]+)");

  private final Path path;
  private final FileTree tree;
  private final ImageDecoder decoder;
  private final List<String> names = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<String> classNames;

  private ImageFolderSource(Path path, FileTree tree, ImageDecoder decoder) throws IOException {
    this.path = path;
    this.tree = tree;
    this.decoder = decoder;
    List<Place> places = places();
    this.classNames = classes(places, "train");
    if (classNames.isEmpty()) {
      throw fault("has no train/<class>/<image>; a data set needs train and test folders");
    }
    refuseUnequal(classes(places, "test"));
    for (Place place : places) {
      names.add(place.name());
      int label = classNames.indexOf(place.className());
      samples.add(new Sample(place.name(), label, place.part().equals("test")));
    }
    refuseLonely();
  }

  /**
   * Lists a source; no image is read yet.
   *
   * @param decoder what turns its files into pixels
   */
  static ImageFolderSource open(Path path, FileTree tree, ImageDecoder decoder) throws IOException {
    return new ImageFolderSource(path, tree, decoder);
  }

  private List<Place> places() throws IOException {
    List<Place> places = new ArrayList<>();
    for (String name : tree.names()) {
      Matcher place = PLACE.matcher(name);
      boolean hidden = name.startsWith(".") || name.contains("/.");
      if (place.matches() && !hidden) {
        places.add(new Place(name, place.group(1), place.group(2)));
      }
    }
    return places;
  }

  private static List<String> classes(List<Place> places, String part) {
    Set<String> classes = new TreeSet<>();
    places.stream().filter(p -> p.part().equals(part)).forEach(p -> classes.add(p.className()));
    return List.copyOf(classes);
  }

  private void refuseUnequal(List<String> testClasses) {
    for (String name : classNames) {
      if (!testClasses.contains(name)) {
        throw fault("class " + name + " has no image in test; add some, or remove the class");
      }
    }
    for (String name : testClasses) {
      if (!classNames.contains(name)) {
        throw fault("class " + name + " is in test but not in train");
      }
    }
  }

  private void refuseLonely() {
    int[] counts = new int[classNames.size()];
    samples.stream().filter(sample -> !sample.test()).forEach(sample -> counts[sample.label()]++);
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] < 2) {
        throw fault(
            "class "
                + classNames.get(label)
                + " has one training image; a positive pair of samples needs two");
      }
    }
    if (counts.length < 2) {
      throw fault("has one class only; there is nothing to tell apart");
    }
  }

  private StepFailure fault(String reason) {
    return new StepFailure(ExitCode.DATA, path + ": " + reason + ".");
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public List<Sample> samples() {
    return List.copyOf(samples);
  }

  @Override
  public String decoder() {
    return ImageDecoder.NAME;
  }

  @Override
  public void forEach(Visitor visitor) throws IOException {
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      positions.put(names.get(i), i);
    }
    tree.forEach(
        new HashSet<>(names),
        (name, bytes) ->
            visitor.visit(
                positions.getOrDefault(name, 0), () -> decoder.decode(name, bytes.get())));
  }

  private record Place(String name, String part, String className) {}
}
