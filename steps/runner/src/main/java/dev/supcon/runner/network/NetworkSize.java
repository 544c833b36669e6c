package dev.supcon.runner.network;

/**
 * How large a network is.
 *
 * @param parameters their number
 * @param activationBytes what training keeps of one image until the way back, estimated by what
 *     each operation keeps; the head's part, which is small, is not in it
 */
public record NetworkSize(long parameters, long activationBytes) {

  /**
   * @param side of the images, in pixels
   */
  public static NetworkSize of(NetworkSpec spec, int side) {
    long parameters = NetworkText.of(spec).parameters().stream().mapToLong(TensorSpec::size).sum();
    return new NetworkSize(parameters, Activations.bytes(spec.encoder(), side));
  }
}
