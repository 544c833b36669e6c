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

  static final String FIRST_BATCH = "data_batch_1.bin";
  private static final int PLANE = 32 * 32;
  private static final int RECORD = 1 + 3 * PLANE;
  private static final int PER_FILE = 10_000;

  private final FileTree tree;
  private final Map<String, Integer> firstPosition = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();

  private CifarBinarySource(Path path, FileTree tree, List<String> names) throws IOException {
    this.tree = tree;
    for (int batch = 1; batch <= 6; batch++) {
      String file = batch == 6 ? "test_batch.bin" : "data_batch_" + batch + ".bin";
      String name =
          names.stream()
              .filter(n -> n.equals(file) || n.endsWith("/" + file))
              .findFirst()
              .orElseThrow(
                  () -> new StepFailure(ExitCode.DATA, path + ": " + file + " is missing."));
      firstPosition.put(name, (batch - 1) * PER_FILE);
    }
    readLabels(path);
  }

  static CifarBinarySource open(Path path, FileTree tree, List<String> names) throws IOException {
    return new CifarBinarySource(path, tree, names);
  }

  private void readLabels(Path path) throws IOException {
    Sample[] all = new Sample[6 * PER_FILE];
    tree.forEach(
        firstPosition.keySet(),
        (name, bytes) -> {
          byte[] content = bytes.get();
          if (content.length != PER_FILE * RECORD) {
            throw FileTree.refused(path, name, "is not 10,000 records of 3,073 bytes");
          }
          int first = firstPosition.getOrDefault(name, 0);
          for (int i = 0; i < PER_FILE; i++) {
            int label = content[i * RECORD];
            if (label < 0 || label >= CLASSES.size()) {
              throw FileTree.refused(path, name + " record " + i, "has label " + label);
            }
            all[first + i] = new Sample(name + " record " + i, label, first == 5 * PER_FILE);
          }
        });
    samples.addAll(List.of(all));
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
