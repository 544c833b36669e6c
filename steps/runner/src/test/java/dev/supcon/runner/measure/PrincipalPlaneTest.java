package dev.supcon.runner.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PrincipalPlaneTest {
  @Test
  void distancesOfAPlanarCloudAreKept() {
    float[] rows = {3, 0, 0, 0, 1, 0, -3, 0, 0, 0, -1, 0};

    double[][] plane = PrincipalPlane.of(rows, 3);

    assertThat(plane[0][0]).isCloseTo(3, within(1e-9));
    assertThat(plane[2][0]).isCloseTo(-3, within(1e-9));
    assertThat(plane[1][1]).isCloseTo(1, within(1e-9));
    assertThat(plane[3][1]).isCloseTo(-1, within(1e-9));
  }

  @Test
  void equalRowsLieAtTheOrigin() {
    assertThat(PrincipalPlane.of(new float[] {5, 5, 5, 5}, 2)).isDeepEqualTo(new double[2][2]);
  }
}
