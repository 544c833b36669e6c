package dev.supcon.runner.view;

import dev.supcon.contract.spec.ViewSpec;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.data.Picture;

/**
 * SimAugment (paper section 3.1) with the semantics of the authors' PyTorch code on Pillow images:
 * random resized crop, flip, colour jitter, grayscale, blur.
 *
 * <p>A view is a pure function of seed and {@link ViewId}; threads may share the object.
 */
public final class Views {
  /** Keeps the numbers apart from those of the epoch's order and of initial weights. */
  private static final long PURPOSE = 0x7669657773L; // "views"

  private final ViewSpec spec;
  private final int side;
  private final long seed;
  private final ThreadLocal<Darkroom> darkroom;

  /**
   * @param side of a view, and of the images given as bare bytes, in pixels
   */
  public Views(ViewSpec spec, int side, long seed) {
    this.spec = spec;
    this.side = side;
    this.seed = seed;
    darkroom = ThreadLocal.withInitial(() -> new Darkroom(side));
  }

  /**
   * Draws a view of a square image of {@link #side()}.
   *
   * @param image [side, side, 3] uint8, left as it is
   * @param target receives [side, side, 3] uint8 from {@code offset} on
   */
  public void draw(byte[] image, ViewId id, byte[] target, int offset) {
    draw(Picture.square(image, side), id, target, offset);
  }

  /** The same for an image of any size. */
  public void draw(Picture image, ViewId id, byte[] target, int offset) {
    darkroom.get().develop(image, drawn(image, id), target, offset);
  }

  DrawnView drawn(Picture image, ViewId id) {
    long key = CounterRandom.key(seed, PURPOSE, id.epoch(), id.sample(), id.view());
    return DrawnView.random(key, image, spec);
  }

  public int side() {
    return side;
  }

  public long seed() {
    return seed;
  }

  /** One thread's scratch. */
  private static final class Darkroom {
    private final int size;
    private final CropResize resize;
    private final ColorChanges colours = new ColorChanges();
    private final GaussianBlur blur;

    Darkroom(int side) {
      size = side * side * 3;
      resize = new CropResize(side);
      blur = new GaussianBlur(side);
    }

    void develop(Picture image, DrawnView view, byte[] target, int offset) {
      resize.draw(image, view.crop(), view.flip(), target, offset);
      if (!view.jitter().equals(ColorJitter.NONE)) {
        colours.apply(view.jitter(), target, offset, offset + size);
      }
      if (view.grayscale()) {
        ColorChanges.grayscale(target, offset, offset + size);
      }
      if (view.blurSigma() > 0) {
        blur.apply(view.blurSigma(), target, offset);
      }
    }
  }
}
