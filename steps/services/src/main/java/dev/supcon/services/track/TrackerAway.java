package dev.supcon.services.track;

/** The tracking server cannot be told anything now; what was to be told is to be told again. */
public final class TrackerAway extends Exception {
  private static final long serialVersionUID = 1L;

  TrackerAway(MlflowServer.Away cause) {
    super(cause.getMessage(), cause);
  }
}
