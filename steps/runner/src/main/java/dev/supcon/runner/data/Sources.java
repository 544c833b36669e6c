package dev.supcon.runner.data;

import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
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
    return switch (data.format()) {
      case SHAPES -> new ShapesSource(false, data.imageSize());
      case SHAPES_NOVEL -> new ShapesSource(true, data.imageSize());
      case CIFAR10 -> cifar(CifarVersion.CIFAR10, existing(data, path), data, beforeFile);
      case CIFAR100 -> cifar(CifarVersion.CIFAR100, existing(data, path), data, beforeFile);
      case IMAGE_FOLDER -> {
        Path source = existing(data, path);
        ImageDecoder decoder = new ImageDecoder(data.imageSize(), false);
        yield ImageFolderSource.open(source, FileTree.open(source, beforeFile), decoder);
      }
      case UNKNOWN -> throw new IllegalArgumentException("a format that the rules refuse");
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

  /** The official binary version, or an image folder that is told by its classes. */
  private static ImageSource cifar(
      CifarVersion version, Path path, DataSpec data, Runnable beforeFile) throws IOException {
    FileTree tree = FileTree.open(path, beforeFile);
    if (CifarBinarySource.isMeant(version, tree.names())) {
      return CifarBinarySource.open(path, tree, version);
    }
    ImageFolderSource folder =
        ImageFolderSource.open(path, tree, new ImageDecoder(data.imageSize(), true));
    if (!folder.classNames().equals(version.classNames())) {
      throw new StepFailure(
          ExitCode.DATA,
          "%s is not %s: its classes are %s; write format: imageFolder for other images."
              .formatted(path, version.title(), String.join(", ", folder.classNames())));
    }
    return folder;
  }
}
