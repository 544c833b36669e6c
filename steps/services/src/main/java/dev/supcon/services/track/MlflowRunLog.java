package dev.supcon.services.track;

import java.nio.file.Path;
import java.util.Map;

/**
 * A run on an MLflow server. Events go through a queue to a file and from there to the server, on a
 * thread of their own.
 */
public final class MlflowRunLog implements RunLog {
  private final MlflowSettings settings;
  private final Postman postman;
  private final RunRef run;

  /** The experiment's run; it is found by its tags or made, as soon as the server answers. */
  public MlflowRunLog(MlflowSettings settings, RunName name) {
    this(settings, new Postman(settings), RunRef.of(name));
  }

  private MlflowRunLog(MlflowSettings settings, Postman postman, RunRef run) {
    this.settings = settings;
    this.postman = postman;
    this.run = run;
    postman.post(new Event.Begin(run, settings.clock().millis()));
  }

  @Override
  public RunLog attempt(String step, String key, String attempt) {
    return new MlflowRunLog(settings, postman, new RunRef(run.name(), step, key, attempt));
  }

  @Override
  public void params(Map<String, String> params) {
    postman.post(new Event.Params(run, ParamPaths.allowed(params)));
  }

  @Override
  public void metric(String name, long step, double value, long atMillis) {
    postman.post(new Event.Point(run, name, step, value, atMillis));
  }

  @Override
  public void artifact(String path, Path file) {
    postman
        .keep(file)
        .ifPresent(copy -> postman.post(new Event.Artifact(run, path, copy.toString())));
  }

  @Override
  public void end(Ending ending) {
    postman.post(new Event.End(run, ending, settings.clock().millis()));
  }

  @Override
  public void close() {
    if (!run.nested()) {
      postman.close();
    }
  }
}
