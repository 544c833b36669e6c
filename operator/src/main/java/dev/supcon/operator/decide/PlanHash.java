package dev.supcon.operator.decide;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.Sha256;
import java.util.Map;
import java.util.TreeMap;

/** The identity of a plan. */
public final class PlanHash {
  private PlanHash() {}

  /** SHA-256 of the steps' names and keys. */
  public static String of(Plan plan) {
    Map<String, String> keys = new TreeMap<>();
    plan.steps().forEach(step -> keys.put(step.name(), step.key().hex()));
    return Sha256.of(ContractJson.write(keys));
  }
}
