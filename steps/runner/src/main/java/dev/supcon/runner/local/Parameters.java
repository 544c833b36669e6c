package dev.supcon.runner.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.Leaves;
import dev.supcon.contract.step.StepRequest;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every parameter of a plan, defaults applied, by its path in the spec. */
final class Parameters {
  /** What a request has besides the spec's fields. */
  private static final Set<String> NOT_OF_SPEC = Set.of("kind", "header", "digest", "decoder");

  private Parameters() {}

  /** Of all steps; a transfer's paths begin with {@code transfer.<data set>}. */
  static SortedMap<String, String> of(Plan plan) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (PlannedStep step : plan.steps()) {
      ObjectNode request = ContractJson.MAPPER.valueToTree(step.request());
      request.remove(NOT_OF_SPEC);
      switch (step.request()) {
        case StepRequest.Transfer transfer ->
            Leaves.add(
                "transfer." + transfer.transfer().data().name(),
                request.path("transfer"),
                parameters);
        case StepRequest.Augment ignored when !step.name().equals("augment") -> {}
        default -> Leaves.add("", request, parameters);
      }
      if (step.request() instanceof StepRequest.Pretrain pretrain) {
        parameters.put("seed", String.valueOf(pretrain.header().seed()));
      }
    }
    return parameters;
  }
}
