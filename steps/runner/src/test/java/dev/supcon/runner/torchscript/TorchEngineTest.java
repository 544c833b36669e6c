package dev.supcon.runner.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TorchEngineTest {

  @Test
  void theNumberOfThreadsIsOpenMps() {
    assertThat(TorchEngine.threads(Map.of("OMP_NUM_THREADS", "3"))).isEqualTo(3);
  }

  @Test
  void withoutOneAllProcessorsWork() {
    int all = Runtime.getRuntime().availableProcessors();
    assertThat(TorchEngine.threads(Map.of())).isEqualTo(all);
    assertThat(TorchEngine.threads(Map.of("OMP_NUM_THREADS", "4,2"))).isEqualTo(all);
  }

  @Test
  void copiesGoToEveryGpuInTurnAndWithoutOneToTheCpu() {
    assertThat(TorchEngine.devices(3, 2))
        .containsExactly(Device.gpu(0), Device.gpu(1), Device.gpu(0));
    assertThat(TorchEngine.devices(2, 0)).containsExactly(Device.cpu(), Device.cpu());
  }
}
