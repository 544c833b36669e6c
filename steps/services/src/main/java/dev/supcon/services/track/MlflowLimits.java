package dev.supcon.services.track;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Makes names and values such as MLflow takes: it refuses a whole batch for one that it does not
 * like. The numbers are of {@code mlflow/utils/validation.py}, MLflow 2.11 to 3.17.
 */
final class MlflowLimits {
  static final int METRICS_PER_BATCH = 1000;
  static final int PARAMS_PER_BATCH = 100;
  private static final int PARAM = 6000;
  private static final int TAG = 8000;
  private static final int NAME = 250;
  private static final String CUT = "…";

  private MlflowLimits() {}

  /** The name of a metric or param; two that were different stay so. */
  static String name(String name) {
    String fit = name.replaceAll("[^\\w.\\- /:]", "_").replaceAll("(^|/)(?=[./]*(/|$))", "$1_");
    if (fit.length() <= NAME && fit.equals(name)) {
      return name;
    }
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    return "%.240s-%08x".formatted(fit, sum.getValue());
  }

  static String param(String value) {
    return cut(value, PARAM);
  }

  /** A tag's value that a filter can hold too: it has no escape for an apostrophe. */
  static String tag(String value) {
    return cut(value.replace("'", "_"), TAG);
  }

  private static String cut(String value, int most) {
    if (value.length() <= most) {
      return value;
    }
    int end = most - CUT.length();
    boolean splits = Character.isHighSurrogate(value.charAt(end - 1));
    return value.substring(0, splits ? end - 1 : end) + CUT;
  }
}
