package dev.supcon.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.local.StopSignal;
import dev.supcon.runner.report.RunResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/**
 * What one call of the command line in this process did.
 *
 * @param out what it printed for programs or people
 * @param err what it said meanwhile, its failure included
 */
record CommandLineRun(int exitCode, String out, String err) {

  static CommandLineRun of(String... arguments) {
    return of(new StopSignal(), arguments);
  }

  static CommandLineRun of(StopSignal stop, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Main.commandLine(stop)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return new CommandLineRun(line.execute(arguments), out.toString(), err.toString());
  }

  /** Of {@code run --json}. */
  RunResult result() {
    return read(out.strip(), RunResult.class);
  }

  /** Of {@code run --json}: by the steps' names, whether they ran. */
  Map<String, Boolean> ran() {
    Map<String, Boolean> ran = new LinkedHashMap<>();
    result().steps().forEach(s -> ran.put(s.name(), s.state() == RunResult.State.Succeeded));
    return ran;
  }

  /** Of {@code plan --json}: by the steps' names, what it says of them. */
  Map<String, PlanCommand.Line> planned() {
    Map<String, PlanCommand.Line> planned = new LinkedHashMap<>();
    out.lines()
        .map(line -> read(line, PlanCommand.Line.class))
        .forEach(line -> planned.put(line.step(), line));
    return planned;
  }

  /** Of {@code plan --json}: by the steps' names, whether they would run. */
  Map<String, Boolean> wouldRun() {
    Map<String, Boolean> would = new LinkedHashMap<>();
    planned().forEach((name, line) -> would.put(name, line.state().equals("run")));
    return would;
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return ContractJson.read(json, type);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not " + type.getSimpleName() + " as JSON: " + json, e);
    }
  }
}
