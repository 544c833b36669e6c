package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import dev.supcon.runner.loss.Targets;
import java.util.List;

/**
 * Images in blocks of equal size, for devices and for chunks: block k holds the images from k ·
 * size on, with all their views.
 *
 * @param images of all blocks together; a multiple of the size
 * @param views of each image; rows are view-major, in a block as in the whole
 */
record Blocks(int images, int size, int views) {

  int count() {
    return images / size;
  }

  /** Rows of a block. */
  int rows() {
    return size * views;
  }

  /** Those of a block's images. */
  Targets targets(Targets all, int block) {
    return all.range(block * size, (block + 1) * size);
  }

  /** The rows of a block; of the only one without a copy. */
  NDArray rows(NDArray all, int block) {
    if (count() == 1) {
      return all.get(new NDIndex("0:{}", rows()));
    }
    NDList parts = new NDList();
    for (int view = 0; view < views; view++) {
      int from = view * images + block * size;
      parts.add(all.get(new NDIndex("{}:{}", from, from + size)));
    }
    return NDArrays.concat(parts, 0);
  }

  /** The inverse of {@link #rows}. */
  NDArray joined(List<NDArray> blocks) {
    NDList parts = new NDList();
    for (int view = 0; view < views; view++) {
      for (NDArray block : blocks) {
        parts.add(block.get(new NDIndex("{}:{}", view * size, (view + 1) * size)));
      }
    }
    return NDArrays.concat(parts, 0);
  }
}
