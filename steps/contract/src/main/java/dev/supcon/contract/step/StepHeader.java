package dev.supcon.contract.step;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every request carries.
 *
 * @param name unique in its plan, such as {@code pretrain} or {@code transfer-flowers}
 * @param codeVersion a runner with another one refuses the request
 * @param inputs keys of the steps whose results are read, by role: {@code data}, {@code encoder},
 *     {@code classifier}
 */
public record StepHeader(
    String experiment,
    String name,
    StepKey key,
    int codeVersion,
    long seed,
    Map<String, StepKey> inputs) {

  public StepHeader {
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
  }
}
