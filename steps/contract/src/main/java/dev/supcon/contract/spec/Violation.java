package dev.supcon.contract.spec;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * One fault of a spec.
 *
 * @param path the field, such as {@code spec.pretrain.loss.temperature}
 * @param wrong what is wrong, such as {@code is 0, out of range}; a rule about two fields names the
 *     other one by its full path
 * @param instead what to do about it, such as {@code write a number from 0.001 to 10}
 */
public record Violation(String path, String wrong, String instead) {

  /** The fault in one line. */
  public String line() {
    return path + ": " + wrong + "; " + instead;
  }

  /**
   * Whether it is about that field or names it: what hangs on a faulty field is not a second fault.
   */
  public boolean names(String field) {
    return Pattern.compile(Pattern.quote(field) + "(?![A-Za-z0-9])").matcher(line()).find();
  }

  /** A number as people write it. */
  static String plain(Number number) {
    double value = number.doubleValue();
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : number.toString();
  }
}
