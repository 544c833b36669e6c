package dev.supcon.runner.download;

import dev.supcon.contract.spec.DataFormat;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Data sets of which their authors publish all that is read in one archive, with the SHA-256 that
 * TensorFlow Datasets has checked them by.
 */
public enum OfficialArchive {
  CIFAR10(
      "cifar10",
      DataFormat.CIFAR10,
      "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
      "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
  CIFAR100(
      "cifar100",
      DataFormat.CIFAR100,
      "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
      "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"),
  FOOD101(
      "food101",
      DataFormat.FOOD101,
      "http://data.vision.ee.ethz.ch/cvl/food-101.tar.gz",
      "d97d15e438b7f4498f96086a4f7e2fa42a32f2712e87d3295441b2b6314053a4"),
  FGVC_AIRCRAFT(
      "fgvc-aircraft",
      DataFormat.FGVC_AIRCRAFT,
      "https://www.robots.ox.ac.uk/~vgg/data/fgvc-aircraft/archives/fgvc-aircraft-2013b.tar.gz",
      "d5f68b1b81d6d7831eb9d5c5517074176b5dfbce6bcb43dc14ed1c66a87b8d75");

  private final String dataSet;
  private final DataFormat format;
  private final URI address;
  private final String sha256;

  OfficialArchive(String dataSet, DataFormat format, String address, String sha256) {
    this.dataSet = dataSet;
    this.format = format;
    this.address = URI.create(address);
    this.sha256 = sha256;
  }

  /** The archive of a data set, by the name that says its format. */
  public static Optional<OfficialArchive> of(String dataSet) {
    return Stream.of(values()).filter(archive -> archive.dataSet.equals(dataSet)).findFirst();
  }

  /** The archive that a format reads. */
  public static Optional<OfficialArchive> of(DataFormat format) {
    return Stream.of(values()).filter(archive -> archive.format == format).findFirst();
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(OfficialArchive::dataSet).toList();
  }

  /** The data set's name, which as {@code data.name} says its format. */
  public String dataSet() {
    return dataSet;
  }

  public URI address() {
    return address;
  }

  /** Of the archive's bytes, 64 hexadecimal digits. */
  public String sha256() {
    return sha256;
  }
}
