package dev.supcon.runner.view;

import java.nio.ByteBuffer;

/**
 * A batch on its way to the network.
 *
 * @param pixels [views * B, side, side, 3] uint8, view-major (all of view 0 first); direct, aligned
 *     to 64 bytes, reused: valid until the loader's next batch is asked for
 * @param labels [B], of the images
 */
@SuppressWarnings("ArrayRecordComponent") // Made once a batch and read; never compared.
public record ViewBatch(ByteBuffer pixels, int[] labels) {

  /** How many images, each with as many views. */
  public int images() {
    return labels.length;
  }
}
