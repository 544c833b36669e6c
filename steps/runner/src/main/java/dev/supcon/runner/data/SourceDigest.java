package dev.supcon.runner.data;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.step.EmbeddedData;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.Sha256;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.services.store.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * SHA-256 of a data source's content: of a file its bytes, of a folder its sorted relative paths
 * and their hashes (an empty folder has none). What was hashed before is looked up by path, size
 * and time of change.
 */
public final class SourceDigest {
  /** Who turns compressed images into pixels. */
  public static final String DECODER = ImageDecoder.NAME;

  private SourceDigest() {}

  /** What stands for the content of a data set that is made, not read. */
  public static String ofEmbedded(DataFormat format) {
    return EmbeddedData.digest(format);
  }

  /**
   * The digest of a folder or file.
   *
   * @param cache folder where the digests of unchanged sources are remembered
   */
  public static String of(Path source, Path cache) {
    try {
      Path real = source.toRealPath();
      boolean folder = Files.isDirectory(real);
      FolderTree tree = new FolderTree(real, () -> {});
      Path place = cache.resolve(state(real, folder ? tree.names() : List.of("")));
      Optional<String> known = remembered(place);
      if (known.isPresent()) {
        return known.get();
      }
      String digest = folder ? tree.digest() : FileDigest.of(real);
      remember(place, digest);
      return digest;
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private static StepFailure unreadable(Path source, IOException cause) {
    return new StepFailure(
        ExitCode.NO_INPUT, "Cannot read " + source + ": " + cause.getMessage() + ".", cause);
  }

  /** Half a file, as a full disk leaves it, is no digest. */
  private static Optional<String> remembered(Path file) throws IOException {
    return Files.isRegularFile(file)
        ? Optional.of(Files.readString(file)).filter(text -> text.matches("[0-9a-f]{64}"))
        : Optional.empty();
  }

  private static String state(Path real, List<String> names) throws IOException {
    Sha256 state = new Sha256().add(real + "\n");
    for (String name : names) {
      BasicFileAttributes file =
          Files.readAttributes(real.resolve(name), BasicFileAttributes.class);
      state.add(name + "\0" + file.size() + " " + file.lastModifiedTime().toInstant() + "\n");
    }
    return state.hex();
  }

  private static void remember(Path file, String digest) {
    try {
      Files.createDirectories(file.getParent());
      Path part = Files.createTempFile(file.getParent(), "digest", ".part");
      Files.writeString(part, digest);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE,
          "Cannot write " + file + ": " + e + "; make room, or choose another store.",
          e);
    }
  }
}
