package dev.supcon.runner.layout;

import dev.supcon.runner.layout.Table.Row;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Birdsnap 1.1 (thomasberg.org): tables with a header and tabs, {@code species.txt} (id, common
 * name, ...), {@code images.txt} (url, md5, path, species_id, ...) and {@code test_images.txt}
 * (path); the images lie where {@code get_birdsnap.py} puts them, in {@code download/images}, or in
 * {@code images}.
 */
record Birdsnap() implements Layout {
  private static final String IMAGES = "images.txt";
  private static final String TEST = "test_images.txt";
  private static final String SPECIES = "species.txt";

  @Override
  public Listing list(SourceFiles files) throws IOException {
    Lists lists = files.lists(IMAGES, TEST, SPECIES);
    Map<String, String> species = new HashMap<>();
    Enrolment images = Enrolment.named(files);
    for (Row row : Table.rows(files, lists, SPECIES, Table.TABS, "id", "common")) {
      species.put(row.cell(0), row.cell(1));
      images.addClass(row.at(), row.cell(1));
    }
    Map<String, String> test = new LinkedHashMap<>();
    for (Row row : Table.rows(files, lists, TEST, Table.TABS, "path")) {
      test.put(row.cell(0), row.at());
    }
    String root = lists.folder(IMAGES) + folder(files, lists.folder(IMAGES));
    for (Row row : Table.rows(files, lists, IMAGES, Table.TABS, "path", "species_id")) {
      String className = species.getOrDefault(row.cell(1), row.cell(1));
      boolean isTest = test.remove(row.cell(0)) != null;
      images.add(row.at(), root + row.cell(0), className, isTest);
    }
    test.forEach(
        (path, at) -> {
          throw files.refused(at, "lists %s, which %s does not".formatted(path, IMAGES));
        });
    return images.finish();
  }

  private static String folder(SourceFiles files, String root) {
    String downloaded = "download/images/";
    boolean there = files.names().stream().anyMatch(name -> name.startsWith(root + downloaded));
    return there ? downloaded : "images/";
  }
}
