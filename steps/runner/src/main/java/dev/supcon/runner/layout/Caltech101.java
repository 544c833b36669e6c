package dev.supcon.runner.layout;

import dev.supcon.contract.step.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Caltech-101 (data.caltech.edu/records/mzrjq-6wc02): {@code 101_ObjectCategories/<class>/
 * image_0001.jpg}, with the background as a class. There is no official split: 30 images of each
 * class train (SimCLR, appendix B.8), here those with the least SHA-256 of {@code <class>/<image>},
 * so everyone has the same.
 */
record Caltech101() implements Layout {
  private static final String FOLDER = "101_ObjectCategories/";
  private static final int TRAIN = 30;

  private static final Comparator<String> BY_HASH =
      Comparator.comparing((String path) -> Sha256.of(path));

  /** What the archive has beside its images. */
  private static final String LEFT_OVER = "BACKGROUND_Google/tmp";

  @Override
  public Listing list(SourceFiles files) throws IOException {
    Map<String, List<String>> images = new TreeMap<>();
    String root = "";
    for (String name : files.names()) {
      int at = ("/" + name).indexOf("/" + FOLDER);
      if (at < 0 || SourceFiles.hidden(name) || name.endsWith("/")) {
        continue;
      }
      String prefix = name.substring(0, at + FOLDER.length());
      if (!root.isEmpty() && !root.equals(prefix)) {
        throw files.refused(root + " and " + prefix, "are the same folder; remove one");
      }
      root = prefix;
      add(files, name, name.substring(prefix.length()), images);
    }
    if (root.isEmpty()) {
      throw files.refused(FOLDER, "is missing; unpack the official archive with it");
    }
    return drawn(files, root, images);
  }

  private static Listing drawn(SourceFiles files, String root, Map<String, List<String>> images) {
    Enrolment enrolment = Enrolment.open(files);
    for (Map.Entry<String, List<String>> entry : images.entrySet()) {
      List<String> drawn = entry.getValue().stream().sorted(BY_HASH).toList();
      for (int i = 0; i < drawn.size(); i++) {
        String path = root + drawn.get(i);
        enrolment.add(path, path, entry.getKey(), i >= TRAIN);
      }
    }
    return enrolment.finish();
  }

  private static void add(
      SourceFiles files, String name, String path, Map<String, List<String>> images) {
    if (path.equals(LEFT_OVER)) {
      return;
    }
    if (!path.matches("[^/]+/image_[0-9]{4}\\.jpg")) {
      throw files.refused(name, "is not <class>/image_<number>.jpg; remove it");
    }
    String className = path.substring(0, path.indexOf('/'));
    images.computeIfAbsent(className, unused -> new ArrayList<>()).add(path);
  }
}
