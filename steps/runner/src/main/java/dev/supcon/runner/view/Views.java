package dev.supcon.runner.view;

import dev.supcon.contract.spec.ViewSemantics;
import dev.supcon.contract.spec.ViewSpec;
import dev.supcon.runner.data.CounterRandom;
import dev.supcon.runner.data.Picture;

/**
 * Views by a policy (paper section 3.1): a random resized crop by torchvision on Pillow images, a
 * flip, then colour jitter, drawn operations, grayscale, warp and blur, as far as the policy has
 * them.
 *
 * <p>A view is a pure function of seed and {@link ViewId}; threads may share the object.
 */
public final class Views {
  /** Keeps the numbers apart from those of the epoch's order and of initial weights. */
  private static final long PURPOSE = 0x7669657773L; // "views"

  private final ViewSpec spec;
  private final int side;
  private final long seed;
  private final OperationDraws operations;
  private final ThreadLocal<Darkroom> darkroom;

  /**
   * @param side of a view, and of the images given as bare bytes, in pixels
   */
  public Views(ViewSpec spec, int side, long seed) {
    this.spec = spec;
    this.side = side;
    this.seed = seed;
    operations = new OperationDraws(spec, side);
    darkroom = ThreadLocal.withInitial(() -> new Darkroom(spec.semanticsOrDefault(), side));
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
    return DrawnView.random(key, image, spec, operations);
  }

  public int side() {
    return side;
  }

  public long seed() {
    return seed;
  }

  /** One thread's scratch. */
  private static final class Darkroom {
    private final CropResize resize;
    private final PixelOperations pixels;
    private final SparseWarp warp;
    private final GaussianBlur blur;

    Darkroom(ViewSemantics semantics, int side) {
      resize = new CropResize(side);
      pixels = PixelOperations.of(semantics, side);
      warp = new SparseWarp(side);
      blur = new GaussianBlur(side);
    }

    void develop(Picture image, DrawnView view, byte[] target, int offset) {
      resize.draw(image, view.crop(), view.flip(), target, offset);
      if (!view.jitter().equals(ColorJitter.NONE)) {
        pixels.jitter(view.jitter(), target, offset);
      }
      for (DrawnOperation operation : view.operations()) {
        pixels.apply(operation, target, offset);
      }
      if (view.grayscale()) {
        pixels.grayscale(target, offset);
      }
      if (view.warp().length() > 0) {
        warp.apply(view.warp(), target, offset);
      }
      if (view.blurSigma() > 0) {
        blur.apply(view.blurSigma(), target, offset);
      }
    }
  }
}
