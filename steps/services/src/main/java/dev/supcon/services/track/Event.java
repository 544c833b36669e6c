package dev.supcon.services.track;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;

/**
 * One thing to be told to the tracker, as it waits in the outbox; telling it twice does no harm.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Begin.class, name = "begin"),
  @JsonSubTypes.Type(value = Event.Params.class, name = "params"),
  @JsonSubTypes.Type(value = Event.Point.class, name = "point"),
  @JsonSubTypes.Type(value = Event.Artifact.class, name = "artifact"),
  @JsonSubTypes.Type(value = Event.End.class, name = "end")
})
sealed interface Event {

  RunRef run();

  /** The run exists from here on. */
  record Begin(RunRef run, long atMillis) implements Event {}

  record Params(RunRef run, Map<String, String> params) implements Event {}

  record Point(RunRef run, String name, long step, double value, long atMillis) implements Event {}

  /** {@code file} is a copy of ours, removed when it is told. */
  record Artifact(RunRef run, String path, String file) implements Event {}

  record End(RunRef run, RunLog.Ending ending, long atMillis) implements Event {}
}
