package dev.supcon.services.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Brings all files of a folder into the store. */
record BlobUpload(ObjectStore store) {

  /** In the order of names; each blob's size and SHA-256 are those of the file here. */
  List<Blob> all(Path folder, String target) {
    List<Blob> blobs = new ArrayList<>();
    for (Path file : files(folder)) {
      String name = folder.relativize(file).toString();
      blobs.add(one(file, target, name));
    }
    return blobs;
  }

  private Blob one(Path file, String target, String name) {
    try {
      String sha256 = FileDigest.of(file);
      long size = Files.size(file);
      ObjectStore.Head head = store.put(target + name, file);
      if (head.size() != size) {
        throw new IOException("%s arrived with %d of %d bytes".formatted(name, head.size(), size));
      }
      return new Blob(name, size, sha256, head.etag());
    } catch (IOException e) {
      throw FolderFailures.of(DurableFiles.folderOf(file), e);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !DurableFiles.isUnfinished(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FolderFailures.of(folder, e);
    }
  }
}
