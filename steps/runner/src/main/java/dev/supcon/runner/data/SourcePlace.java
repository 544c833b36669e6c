package dev.supcon.runner.data;

import java.nio.file.Path;
import java.util.function.IntConsumer;

/** Where the source of a data set lies. */
public sealed interface SourcePlace permits LocalPlace, S3Place {

  /**
   * SHA-256 that no other content has.
   *
   * @param cache folder where the digests of unchanged sources are remembered
   */
  String digest(Path cache);

  /**
   * The source as a folder or tar on this computer, if it is the very one that a plan was made for.
   *
   * @param digest that the plan has
   * @param scratch folder for what has to be downloaded
   * @param progress is told percents of a download
   */
  Path fetch(String digest, Path scratch, IntConsumer progress);
}
