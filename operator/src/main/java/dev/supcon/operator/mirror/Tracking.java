package dev.supcon.operator.mirror;

/** Whether the tracking server knows what it is to know. */
public sealed interface Tracking {

  /** The namespace has none. */
  record Off() implements Tracking {}

  /**
   * It does.
   *
   * @param url of the run's page
   */
  record Synced(String url) implements Tracking {}

  /**
   * It does not yet; the asker is woken when it does.
   *
   * @param url of the run's page; empty while there is none
   */
  record Behind(Unknown reason, String url) implements Tracking {}
}
