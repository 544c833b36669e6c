package dev.supcon.runner.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.network.ForwardText.Arithmetic;
import dev.supcon.runner.torchscript.Tensors;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.List;

/** Networks in fp64. */
public final class ExactNetwork {
  /** Pixels and what the network makes of them are then the same. */
  public static final List<Double> ZERO = List.of(0.0, 0.0, 0.0);

  /** As {@link #ZERO}. */
  public static final List<Double> BYTE = List.of(1 / 255.0, 1 / 255.0, 1 / 255.0);

  private ExactNetwork() {}

  public static Network create(NetworkSpec spec, long seed, NDManager manager) {
    return Network.create(spec, Arithmetic.FP64, seed, manager);
  }

  /** With the weights of encoders_golden.py and joint_golden.py. */
  public static Network made(NetworkSpec spec, NDManager manager) {
    Network network = create(spec, 0, manager);
    String last = ResNet.lastNormalisation(spec.encoder()) + ".weight";
    for (Network.Tensor parameter : network.parameters()) {
      DoubleBuffer values =
          parameter.value().toByteBuffer(true).order(ByteOrder.nativeOrder()).asDoubleBuffer();
      for (float value : MadeNumbers.MIXED.parameter(parameter.spec(), last)) {
        values.put(value);
      }
    }
    return network;
  }

  /** The images of these oracles, fp32 [M, S, S, 3]. */
  public static NDArray images(NDManager manager, int count, int side) {
    float[] images = MadeNumbers.MIXED.images("input", count, side);
    return Tensors.floats(manager, images, count, side, side, 3);
  }
}
