package dev.supcon.runner.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A folder; links may not lead out of it. */
record FolderTree(Path root) implements FileTree {

  @Override
  public List<String> names() throws IOException {
    Path real = root.toRealPath();
    try (Stream<Path> below = Files.walk(real)) {
      List<Path> files =
          below.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList();
      for (Path file : files) {
        refuseEscape(real, file);
      }
      return files.stream().map(file -> name(real, file)).sorted().toList();
    }
  }

  private static String name(Path real, Path file) {
    return real.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }

  private void refuseEscape(Path real, Path file) throws IOException {
    if (!Files.isSymbolicLink(file)) {
      return;
    }
    boolean inside = Files.isRegularFile(file) && file.toRealPath().startsWith(real);
    if (!inside) {
      throw FileTree.refused(
          root, name(real, file), "is a link to no file of this folder; copy the file there");
    }
  }

  @Override
  public void forEach(Set<String> wanted, Visitor visitor) throws IOException {
    for (String name : wanted.stream().sorted().toList()) {
      visitor.visit(name, () -> read(name));
    }
  }

  private byte[] read(String name) throws IOException {
    Path file = root.resolve(name);
    if (Files.size(file) > MAX_BYTES) {
      throw FileTree.refused(root, name, "is larger than 64 MiB");
    }
    return Files.readAllBytes(file);
  }
}
