package dev.supcon.operator.decide;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.step.ContractJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The identity of a plan. */
public final class PlanHash {
  private PlanHash() {}

  /** SHA-256 of the steps' names and keys. */
  public static String of(Plan plan) {
    Map<String, String> keys = new TreeMap<>();
    plan.steps().forEach(step -> keys.put(step.name(), step.key().hex()));
    byte[] json = ContractJson.write(keys).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-256", e);
    }
  }
}
