package dev.supcon.services.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run as a folder that people and programs can read: {@code run.json}, {@code params.json},
 * {@code metrics.jsonl}, {@code artifacts/}, and one such folder per attempt below {@code steps/}.
 */
public final class FileRunLog implements RunLog {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final JsonMapper LINES = new JsonMapper();

  private final Path folder;
  private final Map<String, String> params = new TreeMap<>();
  private final Map<String, Long> newest = new HashMap<>(); // step by curve

  /** The experiment's run; its folder is made, or gone on with. */
  public FileRunLog(Path folder, RunName name) {
    this(folder, name.tags());
  }

  private FileRunLog(Path folder, Map<String, String> tags) {
    this.folder = folder;
    write(
        () -> {
          Files.createDirectories(folder);
          writeJson("run.json", new TreeMap<>(tags));
          readNewest();
        });
  }

  private void readNewest() throws IOException {
    if (Files.exists(metrics())) {
      for (String line : Files.readAllLines(metrics())) {
        if (line.endsWith("}")) { // a line that a kill cut off does not count
          JsonNode point = LINES.readTree(line);
          newest.merge(point.get("name").asText(), point.get("step").asLong(), Math::max);
        }
      }
    }
  }

  private Path metrics() {
    return folder.resolve("metrics.jsonl");
  }

  @Override
  public RunLog attempt(String step, String key, String attempt) {
    return new FileRunLog(
        folder.resolve("steps").resolve(step).resolve(attempt),
        Map.of("step", step, "key", key, "attempt", attempt));
  }

  @Override
  public synchronized void params(Map<String, String> more) {
    params.putAll(ParamPaths.allowed(more));
    write(() -> writeJson("params.json", params));
  }

  @Override
  public synchronized void metric(String name, long step, double value, long atMillis) {
    if (newest.getOrDefault(name, Long.MIN_VALUE) >= step) {
      return;
    }
    newest.put(name, step);
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("name", name);
    point.put("step", step);
    point.put("value", value);
    point.put("at", atMillis);
    write(
        () ->
            Files.write(
                metrics(),
                List.of(LINES.writeValueAsString(point)),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND));
  }

  @Override
  public void artifact(String path, Path file) {
    write(
        () -> {
          Path target = folder.resolve("artifacts").resolve(path).toAbsolutePath();
          Path parent = target.getParent();
          if (parent != null) {
            Files.createDirectories(parent);
          }
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        });
  }

  @Override
  public synchronized void end(Ending ending) {
    write(() -> writeJson("end.json", Map.of("status", ending.name())));
  }

  @Override
  public void close() {}

  private void writeJson(String name, Object value) throws IOException {
    Files.write(folder.resolve(name), JSON.writeValueAsBytes(value));
  }

  private void write(Disk action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE,
          "The run's log in %s cannot be written (%s: %s); make room or choose another folder."
              .formatted(folder, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  private interface Disk {
    void run() throws IOException;
  }
}
