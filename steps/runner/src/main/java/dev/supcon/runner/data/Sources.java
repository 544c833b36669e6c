package dev.supcon.runner.data;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.layout.Layout;
import dev.supcon.runner.layout.Listing;
import dev.supcon.runner.layout.Published;
import dev.supcon.runner.layout.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Picks the reader of a data set. */
final class Sources {
  private Sources() {}

  /**
   * @param path where it lies; empty for an embedded one
   * @param beforeFile may end the reading by an exception
   */
  static ImageSource open(DataSpec data, Optional<Path> path, Runnable beforeFile)
      throws IOException {
    return open(data, path, Published.of(data.format()), beforeFile);
  }

  /** As {@link #open}, with another size than the published one. */
  static ImageSource open(
      DataSpec data, Optional<Path> path, Optional<Published> size, Runnable beforeFile)
      throws IOException {
    return switch (data.format()) {
      case SHAPES -> new ShapesSource(false, data.imageSize());
      case SHAPES_NOVEL -> new ShapesSource(true, data.imageSize());
      case CIFAR10 -> cifar(CifarVersion.CIFAR10, existing(data, path), data, beforeFile);
      case CIFAR100 -> cifar(CifarVersion.CIFAR100, existing(data, path), data, beforeFile);
      case IMAGE_FOLDER,
          DTD,
          FOOD101,
          FGVC_AIRCRAFT,
          CALTECH101,
          SUN397,
          BIRDSNAP,
          OXFORD_PETS,
          STANFORD_CARS,
          FLOWERS102,
          IMAGENET,
          CSV ->
          listed(data, existing(data, path), size, beforeFile);
      case VOC2007, UNKNOWN -> throw new IllegalArgumentException("a format that the rules refuse");
    };
  }

  private static Path existing(DataSpec data, Optional<Path> path) {
    Path source =
        path.orElseThrow(
            () ->
                new StepFailure(
                    ExitCode.NO_INPUT,
                    "Nothing says where data set %s lies; add --data %s=PATH."
                        .formatted(data.name(), data.name())));
    if (!Files.exists(source)) {
      throw new StepFailure(
          ExitCode.NO_INPUT, "Data set %s: %s does not exist.".formatted(data.name(), source));
    }
    return source;
  }

  private static ImageSource listed(
      DataSpec data, Path path, Optional<Published> size, Runnable beforeFile) throws IOException {
    FileTree tree = FileTree.open(path, beforeFile);
    SourceFiles files = tree.files(path);
    Listing listing = Layout.of(data.format()).list(files);
    size.ifPresent(published -> published.check(data.name(), files, listing));
    // What its authors published is theirs, whatever they called a file.
    ImageDecoder decoder = new ImageDecoder(data.imageSize(), false, size.isEmpty());
    return new ListedSource(tree, listing, decoder);
  }

  /** The official binary version, or an image folder that is told by its classes. */
  private static ImageSource cifar(
      CifarVersion version, Path path, DataSpec data, Runnable beforeFile) throws IOException {
    FileTree tree = FileTree.open(path, beforeFile);
    if (CifarBinarySource.isMeant(version, tree.names())) {
      return CifarBinarySource.open(path, tree, version);
    }
    Listing folder = Layout.of(DataFormat.IMAGE_FOLDER).list(tree.files(path));
    if (!folder.classNames().equals(version.classNames())) {
      throw new StepFailure(
          ExitCode.DATA,
          "%s is not %s: its classes are %s; write format: imageFolder for other images."
              .formatted(path, version.title(), String.join(", ", folder.classNames())));
    }
    return new ListedSource(tree, folder, new ImageDecoder(data.imageSize(), true, true));
  }
}
