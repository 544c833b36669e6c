package dev.supcon.runner.data;

import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.ImageSource.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a data set from its source, refuses what is damaged by name, and packs the rest: every
 * image at a place that is known beforehand, so threads change nothing.
 */
public final class Packing {
  private static final int FAULTS_SHOWN = 5;

  private final ImageSource source;
  private final List<Sample> samples;
  private final List<Part> parts;
  private final int[] places;
  private final PixelHashes hashes;

  private Packing(ImageSource source, DataSpec data) {
    this.source = source;
    this.samples = source.samples();
    this.parts = Holdout.parts(samples, source.classNames().size(), data.holdout());
    this.places = new int[samples.size()];
    this.hashes = new PixelHashes(samples, parts);
  }

  /** A data set as it was packed, and the images that are in it more than once. */
  public record Packed(PackedIndex index, RepeatedImages repeated) {}

  /** Who watches; an exception from any of these ends the packing. */
  public interface Watcher {
    /** So much is done; told with every image. */
    void at(int percent);

    /** The next file of the source is about to be looked at. */
    default void beforeFile() {}

    /**
     * All is read, and not yet a data set.
     *
     * @param digest of the source as it was read, by {@link SourceDigest}
     */
    default void read(String digest) {}
  }

  /**
   * Packs a data set into an empty folder.
   *
   * @param path where it lies; empty for an embedded one
   */
  public static Packed pack(DataSpec data, Optional<Path> path, Path folder, Watcher watcher) {
    Packing packing = new Packing(opened(data, path, watcher), data);
    try {
      return packing.run(data, folder, watcher);
    } catch (IOException e) {
      throw unwritable(data, e);
    }
  }

  private static ImageSource opened(DataSpec data, Optional<Path> path, Watcher watcher) {
    try {
      return Sources.open(data, path, watcher::beforeFile);
    } catch (IOException e) {
      throw unreadable(data, e);
    }
  }

  static StepFailure unreadable(DataSpec data, IOException cause) {
    return new StepFailure(
        ExitCode.NO_INPUT,
        "Data set %s cannot be read: %s; check that it is there and may be read."
            .formatted(data.name(), cause),
        cause);
  }

  private static StepFailure unwritable(DataSpec data, IOException cause) {
    return new StepFailure(
        ExitCode.NO_SPACE,
        "Packing data set %s failed: %s; make room, or choose another folder."
            .formatted(data.name(), cause),
        cause);
  }

  private Packed run(DataSpec data, Path folder, Watcher watcher) throws IOException {
    Parts<int[]> labels = Parts.each(this::labels);
    try (PackedWriter writer = new PackedWriter(folder, data.imageSize(), labels)) {
      refuseFaults(data, decodeAll(data, writer, watcher));
      watcher.read(digest(data));
      PackedIndex index =
          writer.finish(data.name(), source.classNames(), source.decoder(), watcher::beforeFile);
      return new Packed(index, hashes.repeated());
    }
  }

  private int[] labels(Part part) {
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      if (parts.get(i) == part) {
        places[i] = labels.size();
        labels.add(samples.get(i).label());
      }
    }
    return labels.stream().mapToInt(Integer::intValue).toArray();
  }

  private String digest(DataSpec data) {
    try {
      return source.digest();
    } catch (IOException e) {
      throw unreadable(data, e);
    }
  }

  private List<String> decodeAll(DataSpec data, PackedWriter writer, Watcher watcher) {
    Decodings decodings =
        new Decodings(
            source,
            (i, rgb) -> {
              hashes.put(i, rgb);
              put(i, rgb, data, writer);
            });
    try {
      return decodings.run(watcher::at);
    } catch (IOException e) {
      throw unreadable(data, e);
    }
  }

  private void put(int i, byte[] rgb, DataSpec data, PackedWriter writer) {
    try {
      writer.put(parts.get(i), places[i], rgb);
    } catch (IOException e) {
      throw unwritable(data, e);
    }
  }

  /** One damaged file changes the experiment, so it is never passed over. */
  private static void refuseFaults(DataSpec data, List<String> faults) {
    if (!faults.isEmpty()) {
      List<String> named = faults.stream().limit(FAULTS_SHOWN).toList();
      String more = faults.size() > FAULTS_SHOWN ? " (the first " + FAULTS_SHOWN + ")" : "";
      throw new StepFailure(
          ExitCode.DATA,
          "Data set %s has %d files that cannot be used; repair or remove them%s:%n  %s"
              .formatted(data.name(), faults.size(), more, String.join("\n  ", named)));
    }
  }
}
