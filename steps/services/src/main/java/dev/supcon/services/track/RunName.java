package dev.supcon.services.track;

import java.util.Map;

/**
 * Which experiment's run is meant.
 *
 * @param experiment shown as the name
 * @param tags tell this run from others of the name: it is found by them before it is made
 */
public record RunName(String experiment, Map<String, String> tags) {
  public RunName {
    tags = Map.copyOf(tags);
  }
}
