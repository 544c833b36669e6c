package dev.supcon.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.step.ContractJson;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchReportTest {
  private static final Machine MACHINE =
      new Machine("AMD EPYC", 2, 2, "libtorch 2.7.1", "Java 25", 0);
  private static final BenchLine LINE =
      new BenchLine("loss", "12288 x 128, fp32", "peak MB", 101.1, 3354.5, new Ratio(33.2, 33, 34));

  private static BenchReport report(double idleLoad) {
    return new BenchReport(MACHINE, new BenchResult("torch 2.7.1", idleLoad, List.of(LINE)));
  }

  @Test
  void theTableHoldsBothSidesTheirRatioAndTheHardware() {
    assertThat(report(0).text().lines())
        .hasSize(3)
        .anySatisfy(row -> assertThat(row).contains("101.1", "3354.5", "33.20 (33.00, 34.00)"))
        .last()
        .asString()
        .contains("AMD EPYC, 2 cores, 2 threads", "libtorch 2.7.1, Java 25", "peer: torch 2.7.1");
  }

  @Test
  void aWaitingSideThatWasBusyMakesTheNumbersWorthless() {
    assertThat(report(0.5).text()).contains("Not to be trusted", "0.50 cores");
    assertThat(report(0.01).text()).doesNotContain("Not to be trusted");
  }

  @Test
  void theJsonSaysTheSame() throws Exception {
    JsonNode json = ContractJson.MAPPER.readTree(report(0).json());

    assertThat(json.at("/machine/cores").asInt()).isEqualTo(2);
    assertThat(json.at("/result/lines/0/case").asText()).isEqualTo("12288 x 128, fp32");
    assertThat(json.at("/result/lines/0/ratio/median").asDouble()).isEqualTo(33.2);
  }
}
