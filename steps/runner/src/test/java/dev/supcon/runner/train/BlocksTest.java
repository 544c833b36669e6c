package dev.supcon.runner.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.loss.Targets;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BlocksTest {

  /** Rows are called by image and view: 21 is the second view of image 1. */
  @Test
  void aBlockHoldsNeighbouringImagesWithAllTheirViews() {
    Blocks blocks = new Blocks(4, 2, 2);
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray batch = manager.create(new float[] {10, 11, 12, 13, 20, 21, 22, 23});
      NDArray first = blocks.rows(batch, 0);
      NDArray second = blocks.rows(batch, 1);

      assertThat(first.toFloatArray()).containsExactly(10, 11, 20, 21);
      assertThat(second.toFloatArray()).containsExactly(12, 13, 22, 23);
      Targets targets = new Targets(new int[] {5, 6, 7, 8}, new int[] {1, 2, 3, 4}, 0.5);
      assertThat(blocks.targets(targets, 1).labels()).containsExactly(7, 8);
      assertThat(blocks.targets(targets, 1).others()).containsExactly(3, 4);
      assertThat(blocks.joined(List.of(first, second))).isEqualTo(batch);
    }
  }
}
