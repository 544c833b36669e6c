package dev.supcon.runner.layout;

import dev.supcon.runner.layout.Lists.Line;
import dev.supcon.runner.layout.Table.Row;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ImageNet's ILSVRC2012 (image-net.org): {@code train/<wnid>/<image>}, and its validation part as
 * the test: {@code val/<wnid>/<image>} (or {@code test/...}), or {@code
 * val/ILSVRC2012_val_00000001.JPEG} with Kaggle's {@code LOC_val_solution.csv}, else with the
 * devkit's {@code ILSVRC2012_validation_ground_truth.txt}, a number a line, whose wnid {@code
 * meta.mat} has. Classes are the sorted wnids.
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
  private static final String TRUTH = "data/ILSVRC2012_validation_ground_truth.txt";
  private static final String META = "data/meta.mat";

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
      boolean kaggle = files.names().stream().anyMatch(name -> name.endsWith(SOLUTION));
      Map<String, Solution> solutions = kaggle ? solved(files) : devkit(files);
      addFlat(files, flat, solutions, images);
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

  /**
   * The class of an image of the validation part.
   *
   * @param at where it stands
   */
  private record Solution(String at, String wnid) {}

  private static Map<String, Solution> solved(SourceFiles files) throws IOException {
    Lists lists = files.lists(SOLUTION);
    Map<String, Solution> solutions = new TreeMap<>();
    for (Row row :
        Table.rows(files, lists, SOLUTION, Table.COMMAS, "ImageId", "PredictionString")) {
      String wnid = row.cell(1).replaceFirst(" .*", "");
      if (solutions.put(row.cell(0), new Solution(row.at(), wnid)) != null) {
        throw files.refused(row.at(), "names %s again".formatted(row.cell(0)));
      }
    }
    return solutions;
  }

  private static Map<String, Solution> devkit(SourceFiles files) throws IOException {
    Lists lists = files.lists(TRUTH, META);
    Map<String, String> wnids = new HashMap<>();
    MatVariables.of(files, lists, META)
        .named("synsets", "WNID", "ILSVRC2012_ID")
        .forEach(synset -> wnids.put(String.valueOf(synset.number()), synset.text()));
    Map<String, Solution> solutions = new TreeMap<>();
    for (Line line : lists.lines(TRUTH)) {
      String wnid = wnids.get(line.text());
      if (wnid == null) {
        throw files.refused(line.toString(), "has class %s, which is none".formatted(line.text()));
      }
      String image = "ILSVRC2012_val_%08d".formatted(line.number());
      solutions.put(image, new Solution(line.toString(), wnid));
    }
    return solutions;
  }

  private static void addFlat(
      SourceFiles files,
      Map<String, String> flat,
      Map<String, Solution> solutions,
      Enrolment images) {
    solutions.forEach(
        (image, solution) -> {
          String path = flat.remove(image);
          if (path == null) {
            throw files.refused(solution.at(), "is of %s, which is not in val".formatted(image));
          }
          images.add(solution.at(), path, solution.wnid(), true);
        });
    if (!flat.isEmpty()) {
      throw files.refused(flat.values().iterator().next(), "has no class in the list of solutions");
    }
  }
}
