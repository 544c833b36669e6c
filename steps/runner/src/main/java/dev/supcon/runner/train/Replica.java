package dev.supcon.runner.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.PooledMoments;

/**
 * A network on one device.
 *
 * @param moments of the chunks that went through it
 */
record Replica(Device device, Network network, PooledMoments moments) implements AutoCloseable {

  /** Of a network that is there, and stays its owner's. */
  static Replica of(Device device, Network network, NDManager parent) {
    return new Replica(device, network, new PooledMoments(network, parent.newSubManager(device)));
  }

  @Override
  public void close() {
    moments.close();
  }
}
