package dev.supcon.runner.data;

import dev.supcon.runner.layout.Listing;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Image files that a layout lists. */
final class ListedSource implements ImageSource {
  private final FileTree tree;
  private final ImageDecoder decoder;
  private final List<String> classNames;
  private final List<Sample> samples;
  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * @param decoder what turns the files into pixels
   */
  ListedSource(FileTree tree, Listing listing, ImageDecoder decoder) {
    this.tree = tree;
    this.decoder = decoder;
    this.classNames = listing.classNames();
    this.samples =
        listing.items().stream()
            .map(item -> new Sample(item.path(), item.label(), item.test()))
            .toList();
    samples.forEach(sample -> positions.put(sample.name(), positions.size()));
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public List<Sample> samples() {
    return samples;
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
