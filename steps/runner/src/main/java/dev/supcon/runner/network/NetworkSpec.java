package dev.supcon.runner.network;

import dev.supcon.contract.spec.EncoderSpec;
import java.util.List;

/**
 * A network: encoder, head, and how pixels become numbers.
 *
 * @param mean of each channel, of values from 0 to 1
 * @param std of each channel, likewise
 */
public record NetworkSpec(EncoderSpec encoder, Head head, List<Double> mean, List<Double> std) {

  public NetworkSpec {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** The same encoder under another head. */
  public NetworkSpec with(Head other) {
    return new NetworkSpec(encoder, other, mean, std);
  }
}
