package dev.supcon.runner.data;

import java.io.IOException;
import java.util.List;

/** Where images come from: what there is, known before a pixel is read, then the pixels. */
interface ImageSource {
  /** By label. */
  List<String> classNames();

  /** Every sample of the source, in an order that depends on nothing but its content. */
  List<Sample> samples();

  /** {@link SourceDigest} of what the images were read from; known when all of them were read. */
  String digest() throws IOException;

  /** The word for what turns bytes into pixels. */
  String decoder();

  /** Offers every sample once, in any order, from one thread. */
  void forEach(Visitor visitor) throws IOException;

  /**
   * One image.
   *
   * @param name what to call it in a message: its path, or the record of its file
   * @param test whether it belongs to the test part
   */
  record Sample(String name, int label, boolean test) {}

  /** Takes what is offered. */
  interface Visitor {
    /**
     * @param sample position in {@link #samples}
     */
    void visit(int sample, Pixels pixels) throws IOException;
  }

  /** The work of getting one image's pixels; any thread may do it. */
  interface Pixels {
    /**
     * HWC, RGB, uint8.
     *
     * @throws Unreadable when the image is damaged or of a kind that is refused
     */
    byte[] get() throws IOException, Unreadable;
  }

  /** An image that cannot be used, with the reason in a few words. */
  final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String reason) {
      super(reason);
    }

    Unreadable(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
