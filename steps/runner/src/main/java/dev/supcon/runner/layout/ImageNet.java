package dev.supcon.runner.layout;

import dev.supcon.runner.layout.Table.Row;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ImageNet's ILSVRC2012 (image-net.org): {@code train/<wnid>/<image>}, and its validation part as
 * the test: {@code val/<wnid>/<image>} (or {@code test/...}), or {@code
 * val/ILSVRC2012_val_00000001.JPEG} with Kaggle's {@code LOC_val_solution.csv}. Classes are the
 * sorted wnids.
 */
record ImageNet() implements Layout {
  private static final Pattern IMAGE =
      Pattern.compile("(?:.*/)?(train|val|test)/(n[0-9]{8})/[^/]+\\.JPEG");
  private static final Pattern FLAT =
      Pattern.compile("(?:.*/)?val/(ILSVRC2012_val_[0-9]{8})\\.JPEG");
  private static final Pattern STRANGE = Pattern.compile("(?:.*/)?train/.*[^/]");
  private static final Pattern TAR =
      Pattern.compile("(?:.*/)?(?:ILSVRC2012_img_.*|n[0-9]{8})\\.tar");
  private static final String SOLUTION = "LOC_val_solution.csv";

  @Override
  public Listing list(SourceFiles files) throws IOException {
    Enrolment images = Enrolment.open(files);
    Map<String, String> flat = new TreeMap<>();
    for (String name : files.names()) {
      Matcher image = IMAGE.matcher(name);
      Matcher unsorted = FLAT.matcher(name);
      if (image.matches()) {
        images.add(name, name, image.group(2), !image.group(1).equals("train"));
      } else if (unsorted.matches()) {
        flat.put(unsorted.group(1), name);
      } else {
        refuseStrange(files, name);
      }
    }
    if (!flat.isEmpty()) {
      addSolved(files, flat, images);
    }
    return images.finish();
  }

  private static void refuseStrange(SourceFiles files, String name) {
    if (SourceFiles.hidden(name)) {
      return;
    }
    if (TAR.matcher(name).matches()) {
      throw files.refused(
          name, "is a tar in the source; unpack it: train/<wnid>/ of each class's, val/ of val's");
    }
    if (STRANGE.matcher(name).matches()) {
      throw files.refused(name, "is not train/<wnid>/<image>.JPEG; remove it");
    }
  }

  private static void addSolved(SourceFiles files, Map<String, String> flat, Enrolment images)
      throws IOException {
    Lists lists = files.lists(SOLUTION);
    List<Row> rows =
        Table.rows(files, lists, SOLUTION, Table.COMMAS, "ImageId", "PredictionString");
    for (Row row : rows) {
      String path = flat.remove(row.cell(0));
      if (path == null) {
        throw files.refused(
            row.at(), "names %s, which is not in val, or again".formatted(row.cell(0)));
      }
      images.add(row.at(), path, row.cell(1).replaceFirst(" .*", ""), true);
    }
    if (!flat.isEmpty()) {
      throw files.refused(flat.values().iterator().next(), "is not in " + lists.name(SOLUTION));
    }
  }
}
