package dev.supcon.runner;

import dev.supcon.runner.local.StopSignal;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands; the one that can be stopped is given the signal. */
record CommandFactory(StopSignal stop) implements IFactory {

  @Override
  public <K> K create(Class<K> type) throws Exception {
    return type == RunCommand.class
        ? type.cast(new RunCommand(stop))
        : CommandLine.defaultFactory().create(type);
  }
}
