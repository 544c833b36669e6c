package dev.supcon.operator.mirror;

import java.util.Optional;

/** Reads the end of a pod's log. */
@FunctionalInterface
public interface LastLines {

  /**
   * @return empty when the pod or its log is gone
   */
  Optional<String> of(String namespace, String pod);
}
