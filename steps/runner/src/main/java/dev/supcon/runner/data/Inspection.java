package dev.supcon.runner.data;

import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a data set holds, without packing it.
 *
 * @param classNames by label
 * @param classCounts of each part, by label
 * @param side at which its pixels were looked at
 * @param mean of the training part by channel (R, G, B), of values from 0 to 1
 * @param std of the training part by channel
 * @param digest of the source
 * @param faults of images that cannot be used: a name and the reason each
 */
public record Inspection(
    List<String> classNames,
    Parts<List<Integer>> classCounts,
    int side,
    List<Double> mean,
    List<Double> std,
    String digest,
    RepeatedImages repeated,
    List<String> faults) {

  /**
   * Reads the labels and every image.
   *
   * @throws StepFailure {@code NO_INPUT} when nothing is there, {@code DATA} when the layout is not
   *     the format's
   */
  public static Inspection of(DataSpec data, Path path) {
    try {
      ImageSource source = Sources.open(data, Optional.of(path), () -> {});
      return of(source, data);
    } catch (IOException e) {
      throw Packing.unreadable(data, e);
    }
  }

  private static Inspection of(ImageSource source, DataSpec data) throws IOException {
    List<ImageSource.Sample> samples = source.samples();
    int classes = source.classNames().size();
    List<Part> parts = Holdout.parts(samples, classes, data.holdout());
    PixelHashes hashes = new PixelHashes(samples, parts);
    PixelStatistics statistics = new PixelStatistics();
    Decodings decodings =
        new Decodings(
            source,
            (i, rgb) -> {
              hashes.put(i, rgb);
              if (parts.get(i) == Part.TRAIN) {
                synchronized (statistics) {
                  statistics.add(rgb);
                }
              }
            });
    List<String> faults = decodings.run(percent -> {});
    return new Inspection(
        source.classNames(),
        Parts.each(part -> counts(part, samples, parts, classes)),
        data.imageSize(),
        statistics.mean(),
        statistics.std(),
        source.digest(),
        hashes.repeated(),
        faults);
  }

  private static List<Integer> counts(
      Part part, List<ImageSource.Sample> samples, List<Part> parts, int classes) {
    int[] counts = new int[classes];
    for (int i = 0; i < samples.size(); i++) {
      if (parts.get(i) == part) {
        counts[samples.get(i).label()]++;
      }
    }
    return Arrays.stream(counts).boxed().toList();
  }
}
