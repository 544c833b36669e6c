package dev.supcon.runner.data;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.Sha256;
import dev.supcon.contract.step.StepFailure;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** A tar, plain or gzipped, read from front to back; nothing of it is ever written to a disk. */
final class TarTree implements FileTree {
  private static final int BUFFER = 1 << 18;
  private static final int RECORD = 512;
  private static final int MAX_ENTRIES = 20_000_000;

  private final Path file;
  private final Runnable beforeEntry;
  private @Nullable String hash;

  /**
   * @param beforeEntry may end the reading by an exception
   */
  TarTree(Path file, Runnable beforeEntry) {
    this.file = file;
    this.beforeEntry = beforeEntry;
  }

  @Override
  public List<String> names() throws IOException {
    NavigableSet<String> names = new TreeSet<>();
    read(
        (name, bytes) -> {
          if (!names.add(name) && !name.endsWith("/")) {
            throw FileTree.refused(file, name, "is there twice; pack every file once");
          }
          if (names.size() > MAX_ENTRIES) {
            throw FileTree.refused(file, "it", "has more than " + MAX_ENTRIES + " entries");
          }
        });
    names.remove("/");
    return names.stream().filter(name -> !holdsMore(names, name)).toList();
  }

  private static boolean holdsMore(NavigableSet<String> names, String name) {
    String next = names.higher(name);
    return name.endsWith("/") && next != null && next.startsWith(name);
  }

  @Override
  public void forEach(Set<String> wanted, Visitor visitor) throws IOException {
    Set<String> missing = new HashSet<>(wanted);
    read(
        (name, bytes) -> {
          if (missing.remove(name)) {
            byte[] content = bytes.get();
            visitor.visit(name, () -> content);
          }
        });
    if (!missing.isEmpty()) {
      throw FileTree.refused(
          file,
          Collections.min(missing),
          "is not there any more; leave the file alone and start again");
    }
  }

  @Override
  public String digest() throws IOException {
    if (hash == null) {
      read((name, bytes) -> {});
    }
    return String.valueOf(hash);
  }

  /** Offers files, and folders with a slash at their name's end. */
  private void read(Visitor visitor) throws IOException {
    Sha256 sha256 = new Sha256();
    try (InputStream raw =
            new BufferedInputStream(sha256.hashed(Files.newInputStream(file)), BUFFER);
        InputStream plain = plain(raw);
        Entries tar = new Entries(plain)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        TarArchiveEntry current = entry;
        beforeEntry.run();
        visitor.visit(checked(entry), () -> content(tar, current));
      }
      refuseUnfinished(tar, plain);
      raw.transferTo(OutputStream.nullOutputStream()); // what gzip leaves behind its last block
      String now = sha256.hex();
      FileTree.refuseChange(file, "it", hash, now);
      hash = now;
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new StepFailure(
          ExitCode.DATA,
          "%s is no whole tar (%s); download it again, or give a folder or a tar of one (.tar, .tar.gz)."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static InputStream plain(InputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
  }

  /** A download that stopped between two files looks like a smaller data set but for its end. */
  private static void refuseUnfinished(Entries tar, InputStream plain) throws IOException {
    if (!tar.endMarked) {
      throw new EOFException("its end mark is missing");
    }
    byte[] rest = new byte[BUFFER];
    // To the very end, as only there gzip's checksum is compared.
    for (int read = plain.read(rest); read >= 0; read = plain.read(rest)) {
      for (int i = 0; i < read; i++) {
        if (rest[i] != 0) {
          throw new IOException("it goes on after its end mark");
        }
      }
    }
  }

  private String checked(TarArchiveEntry entry) {
    String name = entry.getName();
    List<String> steps = Arrays.asList(name.split("/"));
    if (name.startsWith("/") || name.contains("\\") || steps.contains("..")) {
      throw FileTree.refused(
          file, name, "leads out of the archive; pack paths relative to the data set's folder");
    }
    // What stands for bytes that are no text: a question mark in plain names, U+FFFD in PAX's.
    if (name.indexOf('?') >= 0 || name.indexOf('\uFFFD') >= 0) {
      throw FileTree.refused(file, name, NO_UTF8);
    }
    if (!isPlain(entry)) {
      throw FileTree.refused(file, name, "is a link or device; pack plain files only");
    }
    String path =
        steps.stream()
            .filter(step -> !step.isEmpty() && !step.equals("."))
            .collect(Collectors.joining("/"));
    return entry.isDirectory() ? path + "/" : path;
  }

  private static boolean isPlain(TarArchiveEntry entry) {
    return !entry.isSparse()
        && switch (entry.getLinkFlag()) {
          case TarConstants.LF_OLDNORM,
              TarConstants.LF_NORMAL,
              TarConstants.LF_CONTIG,
              TarConstants.LF_DIR ->
              true;
          default -> false;
        };
  }

  private byte[] content(Entries tar, TarArchiveEntry entry) throws IOException {
    FileTree.refuseLarge(file, entry.getName(), entry.getSize());
    byte[] bytes = tar.readNBytes((int) entry.getSize());
    if (bytes.length < entry.getSize()) {
      throw new EOFException(entry.getName() + " is cut off");
    }
    return bytes;
  }

  /** Tells an archive's marked end from one that was cut off between two entries. */
  private static final class Entries extends TarArchiveInputStream {
    private boolean endMarked;

    Entries(InputStream in) {
      // No blocks of records, whose rest would be passed over unseen.
      super(in, RECORD, RECORD, StandardCharsets.UTF_8.name());
    }

    @Override
    protected boolean isEOFRecord(byte @Nullable [] record) {
      boolean end = super.isEOFRecord(record);
      endMarked |= end && record != null;
      return end;
    }
  }
}
