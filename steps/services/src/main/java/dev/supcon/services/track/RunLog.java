package dev.supcon.services.track;

import java.nio.file.Path;
import java.util.Map;

/**
 * A run in an experiment tracker: an experiment's own, or nested in it that of one step's attempt.
 *
 * <p>Nothing here waits for a server or fails because of one: what cannot be told now is kept on
 * disk and told later. A run that exists already is gone on with, so repeating does no harm.
 */
public interface RunLog extends AutoCloseable {

  /**
   * The nested run of one attempt at a step; it begins when it is not there. Earlier attempts at
   * the step that have not said their end are over: killed.
   *
   * @param key of the step, shown as a tag
   */
  RunLog attempt(String step, String key, String attempt);

  /**
   * Settings by dotted path; only those of {@link ParamPaths} are told. One that the run has
   * already keeps its value.
   */
  void params(Map<String, String> params);

  /**
   * One point of a curve. A curve's steps grow; a point at or before a step that is told already is
   * the same point again and is dropped.
   *
   * @param atMillis when it was measured, milliseconds since 1970
   */
  void metric(String name, long step, double value, long atMillis);

  /**
   * A file worth looking at beside the curves.
   *
   * @param path relative, with slashes
   * @param file is copied: it may change or go as soon as this returns
   */
  void artifact(String path, Path file);

  void end(Ending ending);

  /** Tells what is left, within half a minute. Closing the experiment's run closes all in it. */
  @Override
  void close();

  /** How a run ended. */
  enum Ending {
    FINISHED,
    FAILED,
    /** Stopped on request, to be resumed by another attempt. */
    KILLED
  }
}
