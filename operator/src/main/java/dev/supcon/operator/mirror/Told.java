package dev.supcon.operator.mirror;

import java.util.Map;

/** Whether the tracking server knows what it is to know. */
public sealed interface Told {

  /** The namespace has none. */
  record NotTracked() implements Told {}

  /** It does. */
  record Synced(Page page) implements Told {}

  /** It does not yet; the asker is woken when it does. */
  record Behind(Unknown reason, Page page) implements Told {}

  /**
   * Where to look.
   *
   * @param url of the experiment's run; empty while there is none
   * @param runs ID of the newest run by the step's name
   */
  record Page(String url, Map<String, String> runs) {
    public static final Page EMPTY = new Page("", Map.of());

    public Page {
      runs = Map.copyOf(runs);
    }
  }
}
