package dev.supcon.runner.data;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.FolderPlaces.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code train/<class>/<image>} and {@code test/<class>/<image>}, in a folder or a tar, below at
 * most one folder more. Classes are the sorted names of the folders in {@code train}.
 */
final class ImageFolderSource implements ImageSource {
  private final Path path;
  private final FileTree tree;
  private final ImageDecoder decoder;
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<String> classNames;

  private ImageFolderSource(Path path, FileTree tree, ImageDecoder decoder) throws IOException {
    this.path = path;
    this.tree = tree;
    this.decoder = decoder;
    FolderPlaces places = FolderPlaces.of(path, tree.names());
    this.classNames = places.classNames();
    Map<String, Integer> labels = new HashMap<>();
    for (String name : classNames) {
      labels.put(name, labels.size());
    }
    for (Place place : places.all()) {
      positions.put(place.name(), samples.size());
      int label = labels.getOrDefault(place.className(), 0);
      samples.add(new Sample(place.name(), label, place.test()));
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

  private void refuseLonely() {
    int[] counts = new int[classNames.size()];
    samples.stream().filter(sample -> !sample.test()).forEach(sample -> counts[sample.label()]++);
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] < 2) {
        throw fault(
            "class "
                + classNames.get(label)
                + " has one training image; a positive pair of samples needs two, so add some");
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
  public String digest() throws IOException {
    return tree.digest();
  }

  @Override
  public String decoder() {
    return ImageDecoder.NAME;
  }

  @Override
  public void forEach(Visitor visitor) throws IOException {
    tree.forEach(
        positions.keySet(),
        (name, bytes) ->
            visitor.visit(
                positions.getOrDefault(name, 0), () -> decoder.decode(name, bytes.get())));
  }
}
