package dev.supcon.runner.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

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
    Ratio ratio) {}
