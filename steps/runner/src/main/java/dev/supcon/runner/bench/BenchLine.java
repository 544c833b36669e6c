package dev.supcon.runner.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One measured case beside its peer's, both from the same call.
 *
 * @param bench what was asked for, such as {@code loss}
 * @param kase the case, such as {@code 12288x128}
 * @param value ours, in {@code unit}
 * @param ratio ours over the peer's in the sense that more is better
 */
public record BenchLine(
    String bench,
    @JsonProperty("case") String kase,
    String unit,
    double value,
    double peerValue,
    Ratio ratio) {

  /** Peak memory. */
  static BenchLine megabytes(String bench, String kase, double ours, double theirs) {
    return new BenchLine(bench, kase, "peak MB", ours, theirs, Ratio.of(List.of(theirs / ours)));
  }
}
