package dev.supcon.runner.data;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** A tar, plain or gzipped, read from front to back; nothing of it is ever written to a disk. */
record TarTree(Path file) implements FileTree {
  private static final int BUFFER = 1 << 18;
  private static final int MAX_ENTRIES = 20_000_000;

  @Override
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    read(
        (name, bytes) -> {
          if (!seen.add(name)) {
            throw FileTree.refused(file, name, "is there twice");
          }
          if (names.size() == MAX_ENTRIES) {
            throw FileTree.refused(file, "it", "has more than " + MAX_ENTRIES + " entries");
          }
          names.add(name);
        });
    return names.stream().sorted().toList();
  }

  @Override
  public void forEach(Set<String> wanted, Visitor visitor) throws IOException {
    read(
        (name, bytes) -> {
          if (wanted.contains(name)) {
            byte[] content = bytes.get();
            visitor.visit(name, () -> content);
          }
        });
  }

  private void read(Visitor visitor) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        TarArchiveInputStream tar = new TarArchiveInputStream(plain(raw))) {
      boolean any = false;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        any = true;
        if (!entry.isDirectory()) {
          TarArchiveEntry current = entry;
          visitor.visit(checked(entry), () -> content(tar, current));
        }
      }
      if (!any) {
        throw notATar(null);
      }
    } catch (EOFException | ZipException e) {
      throw new StepFailure(
          ExitCode.DATA, file + " ends too early or is damaged; download it again.", e);
    } catch (IllegalArgumentException e) {
      throw notATar(e);
    }
  }

  private StepFailure notATar(@Nullable IllegalArgumentException cause) {
    String message = file + " is no tar; give a folder, or a tar of one (.tar, .tar.gz).";
    return cause == null
        ? new StepFailure(ExitCode.DATA, message)
        : new StepFailure(ExitCode.DATA, message, cause);
  }

  private static InputStream plain(InputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
  }

  private String checked(TarArchiveEntry entry) {
    String name = entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
    if (!entry.isFile() || entry.isSymbolicLink() || entry.isLink() || entry.isSparse()) {
      throw FileTree.refused(file, name, "is a link or device; pack plain files only");
    }
    if (name.startsWith("/") || name.contains("\\") || List.of(name.split("/")).contains("..")) {
      throw FileTree.refused(file, name, "leads out of the archive");
    }
    return name;
  }

  private byte[] content(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
    if (entry.getSize() > MAX_BYTES) {
      throw FileTree.refused(file, entry.getName(), "is larger than 64 MiB");
    }
    byte[] bytes = tar.readNBytes((int) entry.getSize());
    if (bytes.length < entry.getSize()) {
      throw new EOFException(entry.getName());
    }
    return bytes;
  }
}
