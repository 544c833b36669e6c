package dev.supcon.runner.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a packed data set. Every image has its place before it is read, so threads may write in
 * any order and the bytes are the same.
 */
public final class PackedWriter implements AutoCloseable {
  private final PackedLayout layout;
  private final int side;
  private final Parts<int[]> labels;
  private final Parts<List<FileChannel>> shards;

  /**
   * Opens the files of a data set.
   *
   * @param folder exists and is empty
   * @param labels by position
   */
  public PackedWriter(Path folder, int side, Parts<int[]> labels) throws IOException {
    this.layout = PackedLayout.of(folder, side);
    this.side = side;
    this.labels = labels;
    this.shards = Parts.each(part -> create(part, labels.of(part).length));
  }

  /** Writes one image (HWC, RGB, uint8) at its place. Safe for use by many threads. */
  public void put(Part part, int position, byte[] image) throws IOException {
    if (image.length != layout.imageBytes()) {
      throw new IllegalArgumentException(image.length + " bytes are not an image of side " + side);
    }
    FileChannel shard = shards.of(part).get(position / layout.perShard());
    long offset = (long) (position % layout.perShard()) * layout.imageBytes();
    ByteBuffer bytes = ByteBuffer.wrap(image);
    while (bytes.hasRemaining()) {
      offset += shard.write(bytes, offset);
    }
  }

  /**
   * Writes labels and index; the data set is whole from here on.
   *
   * @param beforeImage is read back; may end the work by an exception
   */
  public PackedIndex finish(
      String name, List<String> classNames, String decoder, Runnable beforeImage)
      throws IOException {
    close();
    return new PackedSeal(layout, side, labels, beforeImage).write(name, classNames, decoder);
  }

  @Override
  public void close() throws IOException {
    for (Part part : Part.values()) {
      for (FileChannel shard : shards.of(part)) {
        shard.close();
      }
    }
  }

  private List<FileChannel> create(Part part, int size) throws IOException {
    List<FileChannel> files = new ArrayList<>();
    for (int shard = 0; shard < layout.shards(size); shard++) {
      files.add(
          FileChannel.open(
              layout.shard(part, shard), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }
    return files;
  }
}
