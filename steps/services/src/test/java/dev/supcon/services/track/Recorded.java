package dev.supcon.services.track;

import java.util.List;
import java.util.Map;

/**
 * What a reader finds of a run.
 *
 * @param curves points in the order of their steps
 * @param artifacts text by path
 * @param attempts nested runs by step and attempt, {@code pretrain/1}
 */
public record Recorded(
    String status,
    Map<String, String> params,
    Map<String, List<Point>> curves,
    Map<String, String> artifacts,
    Map<String, Recorded> attempts) {

  public record Point(long step, double value) {}

  public List<Point> curve(String name) {
    return curves.getOrDefault(name, List.of());
  }

  public Recorded attempt(String name) {
    Recorded there = attempts.get(name);
    if (there == null) {
      throw new AssertionError("no attempt " + name + " among " + attempts.keySet());
    }
    return there;
  }
}
