package dev.supcon.runner.layout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.layout.Listing.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A source in memory, in a layout that a test writes file by file. */
final class Corpus {
  private final Map<String, byte[]> contents = new TreeMap<>();

  /** Images, whose content no layout looks at. */
  Corpus images(String... names) {
    for (String name : names) {
      contents.put(name, new byte[0]);
    }
    return this;
  }

  /** A text, each line of which ends in a line feed. */
  Corpus list(String name, String... lines) {
    return file(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  Corpus file(String name, byte[] content) {
    contents.put(name, content);
    return this;
  }

  Corpus without(String name) {
    assertThat(contents.remove(name)).isNotNull();
    return this;
  }

  SourceFiles files() {
    return new SourceFiles(
        Path.of("/data/set"),
        List.copyOf(contents.keySet()),
        wanted -> {
          Map<String, byte[]> read = new TreeMap<>();
          wanted.forEach(name -> read.put(name, requireNonNull(contents.get(name))));
          return read;
        });
  }

  Listing list(Layout layout) {
    try {
      return layout.list(files());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The paths of a class in a part. */
  List<String> paths(Layout layout, String className, boolean test) {
    Listing listing = list(layout);
    int label = listing.classNames().indexOf(className);
    assertThat(label).isNotNegative();
    return listing.items().stream()
        .filter(item -> item.label() == label && item.test() == test)
        .map(Item::path)
        .toList();
  }

  /**
   * @param words file, line, reason and remedy
   */
  void refused(Layout layout, String... words) {
    assertThatThrownBy(() -> layout.list(files()))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA))
        .satisfies(e -> assertThat(e.getMessage()).startsWith("/data/set: ").contains(words));
  }
}
