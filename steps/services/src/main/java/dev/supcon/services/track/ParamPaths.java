package dev.supcon.services.track;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The settings that a tracker is told: science, never paths, addresses or names of machines. */
final class ParamPaths {
  private static final Pattern ALLOWED =
      Pattern.compile(
          "seed|kind|epochs|batchSize|learningRate"
              + "|data\\.(name|format|imageSize|holdout)"
              + "|transfer\\.[\\w-]+\\.(data\\.(name|format|imageSize)|l2)"
              + "|(views|encoder|projection|pretrain|linear|corruption)\\.[\\w.-]+");

  private ParamPaths() {}

  static Map<String, String> allowed(Map<String, String> params) {
    Map<String, String> told = new TreeMap<>();
    params.forEach(
        (path, value) -> {
          if (ALLOWED.matcher(path).matches()) {
            told.put(path, value);
          }
        });
    return told;
  }
}
