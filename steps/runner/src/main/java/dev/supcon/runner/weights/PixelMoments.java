package dev.supcon.runner.weights;

import java.util.List;

/** Mean and standard deviation of red, green and blue, of values from 0 to 1. */
public record PixelMoments(List<Double> mean, List<Double> std) {

  public PixelMoments {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }
}
