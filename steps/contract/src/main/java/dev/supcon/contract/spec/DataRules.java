package dev.supcon.contract.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rules about a data set: where it lies, and what is learnt from it. */
final class DataRules {
  private static final int CIFAR_SIDE = 32;

  private final String path;
  private final DataSpec data;
  private final List<Violation> violations = new ArrayList<>();

  private DataRules(String path, DataSpec data) {
    this.path = path;
    this.data = data;
  }

  /**
   * What is wrong with a data set.
   *
   * @param path where it stands in the spec
   */
  static List<Violation> violations(String path, DataSpec data) {
    DataRules rules = new DataRules(path, data);
    rules.source();
    rules.subset();
    return rules.violations;
  }

  /** The same of one to transfer to, which is learnt from as it is. */
  static List<Violation> ofTransfer(String path, DataSpec data) {
    DataRules rules = new DataRules(path, data);
    rules.source();
    if (data.subset() != null) {
      rules.meaningless("subset");
    }
    if (data.labelNoise() != null) {
      rules.meaningless("labelNoise");
    }
    return rules.violations;
  }

  private void source() {
    boolean cifar = data.format() == DataFormat.CIFAR10 || data.format() == DataFormat.CIFAR100;
    if (cifar && data.imageSize() != CIFAR_SIDE) {
      refuse(
          "imageSize", "is " + data.imageSize() + ", but CIFAR has images of 32 x 32", "write 32");
    }
    if (data.format() == DataFormat.VOC2007) {
      refuse(
          "format",
          "is voc2007, which has several labels an image, and no step learns them yet",
          "choose another data set");
    }
    embeddedHasNoSource();
    if (data.path() != null && data.s3() != null) {
      refuse("s3", "is written beside " + path + ".path", "remove one of the two");
    }
  }

  private void embeddedHasNoSource() {
    if (!data.format().embedded()) {
      return;
    }
    Map<String, Optional<String>> written = new TreeMap<>();
    written.put("path", Optional.ofNullable(data.path()));
    written.put("s3", Optional.ofNullable(data.s3()));
    written.put("digest", Optional.ofNullable(data.digest()));
    written.forEach(
        (field, value) -> {
          if (value.isPresent()) {
            refuse(field, "is written for an embedded data set", "remove it");
          }
        });
  }

  private void subset() {
    SubsetSpec subset = data.subset();
    if (subset != null && (subset.fraction() == null) == (subset.imagesPerClass() == null)) {
      refuse(
          "subset",
          subset.fraction() == null ? "says no size" : "says two sizes",
          "write fraction or imagesPerClass");
    }
  }

  private void meaningless(String field) {
    refuse(field, "has no meaning for a data set to transfer to", "remove it");
  }

  private void refuse(String field, String wrong, String instead) {
    violations.add(new Violation(path + "." + field, wrong, instead));
  }
}
