package dev.supcon.operator.mirror;

/**
 * There is no answer yet; the asker is woken when there is.
 *
 * @param detail one sentence for people; empty while the question is on its way
 */
public record Unknown(Why why, String detail) implements Look, Digest {
  static final Unknown ASKED = new Unknown(Why.ASKED, "");

  /** Why there is none. */
  public enum Why {
    /** The question is on its way. */
    ASKED,
    /** The server does not answer; it is asked again. */
    UNREACHABLE,
    /** The server refuses us, or what was asked of it cannot be; it is asked again each minute. */
    REFUSED
  }
}
