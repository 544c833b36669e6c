package dev.supcon.runner.data;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CIFAR-10's official binary version: records of a label byte and 3,072 bytes, the red, green and
 * blue plane of a 32x32 image, 10,000 to a file (cs.toronto.edu/~kriz/cifar.html).
 */
final class CifarBinarySource implements ImageSource {
  static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** In the order of their samples; the last one is the test part. */
  private static final List<String> FILES =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin",
          "test_batch.bin");

  private static final int PLANE = 32 * 32;
  private static final int RECORD = 1 + 3 * PLANE;
  private static final int PER_FILE = 10_000;

  private final FileTree tree;
  private final Map<String, Integer> firstPosition = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();

  private CifarBinarySource(Path path, FileTree tree, List<String> names) throws IOException {
    this.tree = tree;
    for (String file : FILES) {
      firstPosition.put(only(path, file, names), firstPosition.size() * PER_FILE);
    }
    readLabels(path);
  }

  static CifarBinarySource open(Path path, FileTree tree, List<String> names) throws IOException {
    return new CifarBinarySource(path, tree, names);
  }

  /** Whether a source is meant to be this version, whole or not. */
  static boolean isMeant(List<String> names) {
    return FILES.stream().anyMatch(file -> names.stream().anyMatch(name -> isAt(name, file)));
  }

  private static boolean isAt(String name, String file) {
    return ("/" + name).endsWith("/" + file);
  }

  private static String only(Path path, String file, List<String> names) {
    List<String> found = names.stream().filter(name -> isAt(name, file)).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new StepFailure(
        ExitCode.DATA,
        found.isEmpty()
            ? path + ": " + file + " is missing; download the archive again."
            : path + ": " + String.join(" and ", found) + " are the same batch; remove one.");
  }

  private void readLabels(Path path) throws IOException {
    Sample[] all = new Sample[6 * PER_FILE];
    tree.forEach(
        firstPosition.keySet(),
        (name, bytes) -> {
          byte[] content = bytes.get();
          if (content.length != PER_FILE * RECORD) {
            throw FileTree.refused(
                path, name, "is not 10,000 records of 3,073 bytes; download it again");
          }
          int first = firstPosition.getOrDefault(name, 0);
          for (int i = 0; i < PER_FILE; i++) {
            String record = name + " record " + i;
            int label = content[i * RECORD] & 0xFF;
            if (label >= CLASSES.size()) {
              throw FileTree.refused(
                  path, record, "has label " + label + ", more than 9; download it again");
            }
            all[first + i] = new Sample(record, label, first == 5 * PER_FILE);
          }
        });
    samples.addAll(List.of(all));
    for (boolean test : new boolean[] {false, true}) {
      refuseEmpty(path, test);
    }
  }

  private void refuseEmpty(Path path, boolean test) {
    boolean[] filled = new boolean[CLASSES.size()];
    samples.stream().filter(s -> s.test() == test).forEach(s -> filled[s.label()] = true);
    for (int label = 0; label < filled.length; label++) {
      if (!filled[label]) {
        throw new StepFailure(
            ExitCode.DATA,
            "%s: class %s has no image in %s; download the archive again."
                .formatted(path, CLASSES.get(label), test ? "test" : "train"));
      }
    }
  }

  @Override
  public List<String> classNames() {
    return CLASSES;
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
        firstPosition.keySet(),
        (name, bytes) -> {
          byte[] content = bytes.get();
          int first = firstPosition.getOrDefault(name, 0);
          for (int i = 0; i < PER_FILE; i++) {
            int offset = i * RECORD + 1;
            visitor.visit(first + i, () -> interleaved(content, offset));
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
