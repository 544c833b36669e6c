package dev.supcon.runner.layout;

import java.util.List;

/**
 * What a layout tells.
 *
 * @param classNames by label
 * @param items in the order of their paths
 */
public record Listing(List<String> classNames, List<Item> items) {

  public Listing {
    classNames = List.copyOf(classNames);
    items = List.copyOf(items);
  }

  /** How many images a part has. */
  int size(boolean test) {
    return (int) items.stream().filter(item -> item.test() == test).count();
  }

  /**
   * One image.
   *
   * @param path in the source
   */
  public record Item(String path, int label, boolean test) {}
}
