package dev.supcon.runner.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One part of a packed data set: images and labels by position. Safe for use by many threads. */
public final class PackedSplit {
  private final int side;
  private final int perShard;
  private final List<ByteBuffer> shards;
  private final int[] places; // where each image lies in the shards
  private final int[] labels;

  PackedSplit(int side, int perShard, List<ByteBuffer> shards, int[] labels) {
    this(side, perShard, shards, IntStream.range(0, labels.length).toArray(), labels);
  }

  private PackedSplit(int side, int perShard, List<ByteBuffer> shards, int[] places, int[] labels) {
    this.side = side;
    this.perShard = perShard;
    this.shards = List.copyOf(shards);
    this.places = places;
    this.labels = labels;
  }

  /** A part in memory: {@code pixels} holds the images one after the other. */
  public static PackedSplit of(int side, byte[] pixels, int... labels) {
    if (pixels.length != 3L * side * side * labels.length) {
      throw new IllegalArgumentException(
          pixels.length + " bytes are not " + labels.length + " images of side " + side);
    }
    return new PackedSplit(
        side, Math.max(1, labels.length), List.of(ByteBuffer.wrap(pixels)), labels.clone());
  }

  /** These images of it, in this order, without a copy. */
  PackedSplit only(int... images) {
    return new PackedSplit(
        side,
        perShard,
        shards,
        Arrays.stream(images).map(i -> places[i]).toArray(),
        Arrays.stream(images).map(i -> labels[i]).toArray());
  }

  /** The same images with other labels. */
  PackedSplit labelled(int... others) {
    return new PackedSplit(side, perShard, shards, places, others);
  }

  public int size() {
    return labels.length;
  }

  public int side() {
    return side;
  }

  /** Bytes of one image: {@code side * side * 3}. */
  public int imageBytes() {
    return 3 * side * side;
  }

  public int label(int i) {
    return labels[i];
  }

  public int[] labels() {
    return labels.clone();
  }

  /** Where image {@code i} lies in the pack, whatever part of it this is. */
  int place(int i) {
    return places[i];
  }

  /** Copies image {@code i} (HWC, RGB, uint8) to {@code target[offset …]}. */
  public void copyImage(int i, byte[] target, int offset) {
    int place = places[i];
    shards.get(place / perShard).get(place % perShard * imageBytes(), target, offset, imageBytes());
  }

  /** A copy of image {@code i}: HWC, RGB, uint8. */
  public byte[] image(int i) {
    byte[] image = new byte[imageBytes()];
    copyImage(i, image, 0);
    return image;
  }
}
