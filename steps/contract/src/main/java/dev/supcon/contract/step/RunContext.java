package dev.supcon.contract.step;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which tracked run a step is part of.
 *
 * @param experiment name under which it is tracked; on a cluster {@code <namespace>/<name>}
 * @param tags by which the experiment's own run is found before it is made
 */
public record RunContext(String experiment, Map<String, String> tags) {

  public RunContext {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }
}
