package dev.supcon.runner.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.step.ContractJson;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class MemoryForecastTest {
  /** With the paper's batch of photographs. */
  private static MemoryForecast of(String more) throws IOException {
    String spec =
        "{'data': {'name': 'imagenet', 'imageSize': 224}, 'encoder': {'stem': 'imagenet'},"
            + " 'pretrain': {'batchSize': 6144"
            + more
            + "}}";
    return MemoryForecast.of(ContractJson.read(spec.replace('\'', '"'), ExperimentSpec.class));
  }

  /** The paper's batch: half a terabyte at once, and a device's worth in chunks. */
  @Test
  void chunksMakeThePapersBatchFitADevice() throws IOException {
    assertThat(of("").views()).isEqualTo(12288);
    assertThat(of("").activations()).isGreaterThan(500_000_000_000L);
    assertThat(of(", 'chunkSize': 512").line())
        .isEqualTo(
            "takes 45.2 GB or more: 1,024 views at once 44.8 GB, network and optimizer 392 MB");
  }

  @Test
  void devicesShareIt() throws IOException {
    assertThat(of(", 'devices': 8").line())
        .contains("or more on each of 8 devices: 1,536 views at once");
    assertThat(of(", 'devices': 6, 'chunkSize': 512").views())
        .isEqualTo(of(", 'chunkSize': 512").views());
  }

  @Test
  void withAMemoryOneViewHasAWayBack() throws IOException {
    MemoryForecast memory = of(", 'memory': {'size': 6144}");

    assertThat(memory.views()).isEqualTo(6144);
    assertThat(memory.state()).isGreaterThan(of("").state());
  }

  @Test
  void theJointLossTakesWhatItsTwoViewsTake() throws IOException {
    assertThat(of(", 'loss': {'type': 'joint'}")).isEqualTo(of(""));
    assertThat(of(", 'loss': {'type': 'crossEntropy'}").views()).isEqualTo(6144);
  }
}
