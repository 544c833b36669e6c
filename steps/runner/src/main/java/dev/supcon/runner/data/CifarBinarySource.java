package dev.supcon.runner.data;

import static java.util.Objects.requireNonNull;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.CifarVersion.Batch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * CIFAR's official binary version: records of label bytes and 3,072 bytes, the red, green and blue
 * plane of a 32x32 image.
 */
final class CifarBinarySource implements ImageSource {
  private static final int PLANE = 32 * 32;

  private final Path path;
  private final FileTree tree;
  private final CifarVersion version;
  private final int record;
  private final Map<String, Place> places = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();

  /** Where a batch's samples are. */
  private record Place(Batch batch, int first) {}

  private CifarBinarySource(Path path, FileTree tree, CifarVersion version) throws IOException {
    this.path = path;
    this.tree = tree;
    this.version = version;
    this.record = version.labelBytes() + 3 * PLANE;
    int first = 0;
    for (Batch batch : version.batches()) {
      places.put(only(batch.file()), new Place(batch, first));
      first += batch.records();
    }
    readLabels(new Sample[first]);
  }

  static CifarBinarySource open(Path path, FileTree tree, CifarVersion version) throws IOException {
    return new CifarBinarySource(path, tree, version);
  }

  /** Whether a source is meant to be this version, whole or not. */
  static boolean isMeant(CifarVersion version, List<String> names) {
    return version.batches().stream()
        .anyMatch(batch -> names.stream().anyMatch(name -> isAt(name, batch.file())));
  }

  private static boolean isAt(String name, String file) {
    return ("/" + name).endsWith("/" + file);
  }

  private String only(String file) throws IOException {
    List<String> found = tree.names().stream().filter(name -> isAt(name, file)).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new StepFailure(
        ExitCode.DATA,
        found.isEmpty()
            ? path + ": " + file + " is missing; download the archive again."
            : path + ": " + String.join(" and ", found) + " are the same file; remove one.");
  }

  private void readLabels(Sample[] all) throws IOException {
    Set<String> wanted = new HashSet<>(places.keySet());
    if (!version.namesFile().isEmpty()) {
      wanted.add(only(version.namesFile()));
    }
    tree.forEach(
        wanted,
        (name, bytes) -> {
          Place place = places.get(name);
          if (place == null) {
            refuseOtherNames(name, bytes.get());
          } else {
            readLabels(name, place, bytes.get(), all);
          }
        });
    samples.addAll(List.of(all));
    for (boolean test : new boolean[] {false, true}) {
      refuseEmpty(test);
    }
  }

  /** Labels are numbers: names in another order would be another data set. */
  private void refuseOtherNames(String file, byte[] content) {
    List<String> names = new String(content, StandardCharsets.UTF_8).strip().lines().toList();
    if (!names.equals(version.classNames())) {
      throw FileTree.refused(
          path,
          file,
          "does not list the %d classes of %s in their order; download the archive again"
              .formatted(version.classNames().size(), version.title()));
    }
  }

  private void readLabels(String name, Place place, byte[] content, Sample[] all) {
    int records = place.batch().records();
    if (content.length != records * record) {
      throw FileTree.refused(
          path,
          name,
          String.format(
              Locale.ROOT, "is not %,d records of %,d bytes; download it again", records, record));
    }
    int classes = version.classNames().size();
    for (int i = 0; i < records; i++) {
      int label = content[i * record + version.labelBytes() - 1] & 0xFF;
      if (label >= classes) {
        throw FileTree.refused(
            path,
            name + " record " + i,
            "has label " + label + ", more than " + (classes - 1) + "; download it again");
      }
      all[place.first() + i] = new Sample(name + " record " + i, label, place.batch().test());
    }
  }

  private void refuseEmpty(boolean test) {
    boolean[] filled = new boolean[version.classNames().size()];
    samples.stream().filter(s -> s.test() == test).forEach(s -> filled[s.label()] = true);
    for (int label = 0; label < filled.length; label++) {
      if (!filled[label]) {
        throw new StepFailure(
            ExitCode.DATA,
            "%s: class %s has no image in %s; download the archive again."
                .formatted(path, version.classNames().get(label), test ? "test" : "train"));
      }
    }
  }

  @Override
  public List<String> classNames() {
    return version.classNames();
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
    return "none";
  }

  @Override
  public void forEach(Visitor visitor) throws IOException {
    tree.forEach(
        places.keySet(),
        (name, bytes) -> {
          byte[] content = bytes.get();
          Place place = requireNonNull(places.get(name));
          for (int i = 0; i < place.batch().records(); i++) {
            int offset = i * record + version.labelBytes();
            visitor.visit(place.first() + i, () -> interleaved(content, offset));
          }
        });
  }

  private static byte[] interleaved(byte[] content, int offset) {
    byte[] image = new byte[3 * PLANE];
    for (int p = 0; p < PLANE; p++) {
      for (int c = 0; c < 3; c++) {
        image[3 * p + c] = content[offset + c * PLANE + p];
      }
    }
    return image;
  }
}
