package dev.supcon.runner.data;

import java.nio.file.Path;

/**
 * Names and sizes of the files of a packed data set: {@code index.json}; per part {@code
 * <part>.labels} (int32, little-endian) and {@code <part>-<shard>.pixels}, raw images one after the
 * other.
 *
 * @param imageBytes of one image, HWC, RGB, uint8
 * @param perShard images in every shard but the last of a part
 */
record PackedLayout(Path folder, int imageBytes, int perShard) {
  static final String INDEX = "index.json";

  /** A mapping holds at most 2^31 bytes; half of that leaves no edge to stumble over. */
  private static final int SHARD_BYTES = 1 << 30;

  static PackedLayout of(Path folder, int side) {
    int imageBytes = 3 * side * side;
    return new PackedLayout(folder, imageBytes, SHARD_BYTES / imageBytes);
  }

  Path labels(Part part) {
    return folder.resolve(part.word() + ".labels");
  }

  Path shard(Part part, int number) {
    return folder.resolve("%s-%05d.pixels".formatted(part.word(), number));
  }

  int shards(int size) {
    return (size + perShard - 1) / perShard;
  }

  /** Images in one shard of a part of {@code size} images. */
  int imagesIn(int shard, int size) {
    return Math.min(perShard, size - shard * perShard);
  }
}
