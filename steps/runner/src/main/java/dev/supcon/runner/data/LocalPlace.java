package dev.supcon.runner.data;

import java.nio.file.Path;
import java.util.function.IntConsumer;

/** A folder or tar on this computer. */
public record LocalPlace(Path path) implements SourcePlace {

  @Override
  public String digest(Path cache) {
    return SourceDigest.of(path, cache);
  }

  @Override
  public Path fetch(String digest, Path scratch, IntConsumer progress) {
    return path;
  }

  @Override
  public Path file(Path scratch) {
    return path;
  }

  @Override
  public void confirm(String read, String planned) {
    SourcePlace.refuseOther(path.toString(), read, planned);
  }
}
