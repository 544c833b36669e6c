package dev.supcon.runner.data;

import dev.supcon.contract.step.Sha256;
import dev.supcon.services.store.FileDigest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A folder of plain files; links may not lead out of it. It is listed once. */
final class FolderTree implements FileTree {
  private final Path root;
  private final Runnable beforeFile;
  private final Map<String, String> hashes = new ConcurrentHashMap<>();
  private List<String> names = List.of();

  /**
   * @param beforeFile may end the reading by an exception
   */
  FolderTree(Path root, Runnable beforeFile) {
    this.root = root;
    this.beforeFile = beforeFile;
  }

  @Override
  public List<String> names() throws IOException {
    if (names.isEmpty()) {
      Listing listing = new Listing(root, root.toRealPath(), beforeFile);
      Files.walkFileTree(listing.real, listing);
      names = listing.names.stream().sorted().toList();
    }
    return names;
  }

  @Override
  public void forEach(Set<String> wanted, Visitor visitor) throws IOException {
    for (String name : wanted.stream().sorted().toList()) {
      beforeFile.run();
      visitor.visit(name, () -> read(name));
    }
  }

  @Override
  public String digest() throws IOException {
    Sha256 digest = new Sha256();
    for (String name : names()) {
      beforeFile.run();
      String known = name.endsWith("/") ? "" : hashes.get(name);
      String hash = known == null ? FileDigest.of(root.resolve(name), beforeFile) : known;
      digest.add(name + "\0" + hash + "\n");
    }
    return digest.hex();
  }

  private byte[] read(String name) throws IOException {
    Path file = root.resolve(name);
    FileTree.refuseLarge(root, name, Files.size(file));
    byte[] bytes = Files.readAllBytes(file);
    String hash = Sha256.of(bytes);
    FileTree.refuseChange(root, name, hashes.put(name, hash), hash);
    return bytes;
  }

  /** Collects names, depth first. */
  private static final class Listing extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Path real;
    private final Runnable beforeFile;
    private final List<String> names = new ArrayList<>();

    Listing(Path root, Path real, Runnable beforeFile) {
      this.root = root;
      this.real = real;
      this.beforeFile = beforeFile;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      beforeFile.run();
      String name = name(file);
      if (attributes.isSymbolicLink()) {
        refuseEscape(file, name);
      } else if (!attributes.isRegularFile()) {
        // Whoever opens a pipe that nobody writes to waits for ever.
        throw FileTree.refused(root, name, "is no plain file; remove it");
      }
      names.add(name);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      String prefix = name(folder) + "/";
      // Depth first: what a folder holds was added last.
      boolean empty = names.isEmpty() || !names.getLast().startsWith(prefix);
      if (empty && !folder.equals(real)) {
        names.add(prefix);
      }
      return FileVisitResult.CONTINUE;
    }

    private void refuseEscape(Path link, String name) throws IOException {
      boolean inside = Files.isRegularFile(link) && link.toRealPath().startsWith(real);
      if (!inside) {
        throw FileTree.refused(
            root, name, "is a link to no file of this folder; copy the file there");
      }
    }

    private String name(Path path) {
      String name =
          real.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
      if (!leadsTo(path, name)) {
        throw FileTree.refused(root, name, NO_UTF8);
      }
      return name;
    }

    /** Bytes that are no text in this process's locale would name another file, or none. */
    private boolean leadsTo(Path path, String name) {
      try {
        return real.resolve(name).equals(path);
      } catch (InvalidPathException e) {
        return false;
      }
    }
  }
}
