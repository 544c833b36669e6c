package dev.supcon.runner.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedTilesTest {

  @Test
  void aTileHoldsWholeClassesOrAPartOfOne() {
    SortedTiles tiles = SortedTiles.of(new int[] {1, 0, 2, 2, 2, 2, 2, 3, 0}, 3);

    assertThat(tiles.order()).containsExactly(1, 8, 0, 2, 3, 4, 5, 6, 7);
    assertThat(tiles.bounds()).containsExactly(0, 3, 5, 8, 9);
    assertThat(tiles.reach()).containsExactly(0, 2, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, 1000})
  void tilesBeyondReachHaveNoClassInCommonAndThoseWithinAreOfOne(int tile) {
    int[] labels = Plane.labels(300, 9, 5);
    SortedTiles tiles = SortedTiles.of(labels, tile);
    int count = tiles.reach().length;

    assertThat(tiles.bounds()).hasSize(count + 1).startsWith(0).endsWith(300).isSorted();
    for (int i = 0; i < count; i++) {
      assertThat(classes(tiles, labels, i)).isNotEmpty();
      assertThat(tiles.bounds()[i + 1] - tiles.bounds()[i]).isLessThanOrEqualTo(tile);
      for (int j = i + 1; j < count; j++) {
        if (j > tiles.reach()[i]) {
          assertThat(classes(tiles, labels, i)).doesNotContain(classes(tiles, labels, j));
        } else {
          assertThat(classes(tiles, labels, i)).hasSize(1).isEqualTo(classes(tiles, labels, j));
        }
      }
    }
  }

  private static int[] classes(SortedTiles tiles, int[] labels, int tile) {
    return IntStream.range((int) tiles.bounds()[tile], (int) tiles.bounds()[tile + 1])
        .map(place -> labels[(int) tiles.order()[place]])
        .distinct()
        .toArray();
  }

  @Test
  void theOrderIsAPermutation() {
    long[] order = SortedTiles.of(Plane.labels(50, 4, 2), 8).order();

    assertThat(Arrays.stream(order).sorted().toArray())
        .containsExactly(IntStream.range(0, 50).asLongStream().toArray());
  }
}
