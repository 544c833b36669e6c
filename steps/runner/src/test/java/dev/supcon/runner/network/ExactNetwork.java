package dev.supcon.runner.network;

import ai.djl.ndarray.NDManager;
import dev.supcon.runner.network.ForwardText.Arithmetic;

/** Networks in fp64. */
public final class ExactNetwork {
  private ExactNetwork() {}

  public static Network create(NetworkSpec spec, long seed, NDManager manager) {
    return Network.create(spec, Arithmetic.FP64, seed, manager);
  }
}
