package dev.supcon.contract.plan;

import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.Sha256;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/** All that changes a step's output, and its hash. */
final class KeyMaterial {
  private final Map<String, Object> content = new TreeMap<>();

  KeyMaterial(StepKind kind, int codeVersion) {
    content.put("kind", kind);
    content.put("codeVersion", codeVersion);
  }

  /** Adds a value; an absent one leaves the key as if its field did not exist. */
  KeyMaterial with(String name, @Nullable Object value) {
    if (value != null) {
      content.put(name, value);
    }
    return this;
  }

  /** SHA-256 of the canonical JSON (RFC 8785). */
  StepKey key() {
    try {
      byte[] canonical = new JsonCanonicalizer(ContractJson.write(content)).getEncodedUTF8();
      return new StepKey(Sha256.of(canonical));
    } catch (IOException e) {
      throw new IllegalStateException("no canonical JSON", e);
    }
  }
}
