package dev.supcon.runner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ResidentSetTest {

  @Test
  void theKernelsKilobytesAre1024Bytes() {
    assertThat(ResidentSet.peakMegabytes(List.of("VmPeak:\t 9 kB", "VmHWM:\t 1000000 kB")))
        .isEqualTo(1024);
  }

  @Test
  void aStatusWithoutAHighWaterMarkIsRefused() {
    assertThatThrownBy(() -> ResidentSet.peakMegabytes(List.of("VmPeak:\t 9 kB")))
        .hasMessageContaining("VmHWM");
  }
}
