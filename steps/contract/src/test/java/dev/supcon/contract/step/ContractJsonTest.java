package dev.supcon.contract.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.plan.Planner;
import dev.supcon.contract.plan.ResolvedExperiment;
import dev.supcon.contract.spec.SpecText;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ContractJsonTest {

  @Test
  void everyRequestComesBackFromItsJson() throws JsonProcessingException {
    var plan =
        Planner.plan(
            new ResolvedExperiment(
                "e",
                SpecText.accepted("{corruption: {}, transfer: [{data: {name: shapes-novel}}]}"),
                Map.of("shapes", "d1", "shapes-novel", "d2"),
                "decoder"));

    assertThat(plan.steps()).extracting(PlannedStep::kind).contains(StepKind.values());
    for (PlannedStep step : plan.steps()) {
      String json = ContractJson.write(step.request());
      assertThat(ContractJson.read(json, StepRequest.class)).isEqualTo(step.request());
      assertThat(ContractJson.MAPPER.readTree(json).get("kind").asText())
          .isEqualTo(step.kind().word());
    }
  }

  @Test
  void anOrderComesBackFromItsJson() throws JsonProcessingException {
    var request =
        Planner.plan(
                new ResolvedExperiment("e", SpecText.accepted(""), Map.of("shapes", "d"), "none"))
            .step("pretrain")
            .request();
    StepOrder order =
        new StepOrder(request, new RunContext("team/e", Map.of("supcon.uid", "1-2", "b", "c")));

    assertThat(ContractJson.read(ContractJson.write(order), StepOrder.class)).isEqualTo(order);
  }

  @Test
  void aReportComesBackFromItsJson() throws JsonProcessingException {
    StepReport report =
        new StepReport(
            StepKind.LINEAR, Map.of("classifier.test.top1", 0.5), Map.of("threads", "2"), 1.5);

    assertThat(ContractJson.read(ContractJson.write(report), StepReport.class)).isEqualTo(report);
  }
}
