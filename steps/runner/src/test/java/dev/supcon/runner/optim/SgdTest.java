package dev.supcon.runner.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.torchscript.TorchEngine;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class SgdTest {
  private static final OptimizerSpec SPEC = new OptimizerSpec(0.3, 0.9, 1e-4);

  @Test
  void twentyStepsEqualTorch() throws IOException {
    JsonNode golden = golden();
    WarmupCosine rate = new WarmupCosine(0.3, 5, 20);
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray weights = manager.create(doubles(golden.path("start")));
      try (Sgd sgd = new Sgd(SPEC, List.of(weights), manager)) {
        long count = 0;
        for (JsonNode step : golden.path("steps")) {
          double learningRate = rate.at(count++);
          sgd.apply(List.of(manager.create(doubles(step.path("gradient")))), learningRate);

          assertThat(learningRate).isCloseTo(step.path("learningRate").asDouble(), within(1e-12));
          assertThat(weights.toDoubleArray())
              .containsExactly(doubles(step.path("weights")), within(1e-12));
          assertThat(sgd.momenta().getFirst().toDoubleArray())
              .containsExactly(doubles(step.path("momentum")), within(1e-12));
        }
        assertThat(count).isEqualTo(20);
      }
    }
  }

  @Test
  void gradientsAreZeroAfterAStep() {
    try (NDManager manager = TorchEngine.newManager();
        NDArray weights = manager.ones(new ai.djl.ndarray.types.Shape(3));
        NDArray gradient = manager.ones(new ai.djl.ndarray.types.Shape(3));
        Sgd sgd = new Sgd(SPEC, List.of(weights), manager)) {
      sgd.apply(List.of(gradient), 0.1);

      assertThat(gradient.toFloatArray()).containsOnly(0);
    }
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in = SgdTest.class.getResourceAsStream("/golden/optim.json")) {
      return ContractJson.MAPPER.readTree(in).path("runs").path(0);
    }
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }
}
