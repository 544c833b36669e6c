package dev.supcon.services.track;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run as a folder that people and programs can read: {@code run.json} (tags and status), {@code
 * params.json}, {@code metrics.jsonl}, {@code artifacts/}, and one such folder per attempt below
 * {@code steps/}.
 */
public final class FileRunLog implements RunLog {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final TypeReference<TreeMap<String, String>> WORDS = new TypeReference<>() {};
  private static final String RUN = "run.json";
  private static final String PARAMS = "params.json";
  private static final String STATUS = "status";
  private static final String RUNNING = "RUNNING";

  private final Path folder;
  private final Map<String, String> tags;
  private final PointFile points;

  /**
   * The experiment's run; its folder is made, or gone on with.
   *
   * @param folder of all runs of the experiment
   */
  public FileRunLog(Path folder, RunName name) {
    this(folder.resolve(folderOf(name)), name.tags());
  }

  private static String folderOf(RunName name) {
    return new TreeMap<>(name.tags())
        .values().stream()
            .map(value -> value.replaceAll("[^\\w.-]", "_"))
            .collect(Collectors.joining("-"));
  }

  private FileRunLog(Path folder, Map<String, String> tags) {
    this.folder = folder;
    this.tags = tags;
    this.points =
        onDisk(
            () -> {
              Files.createDirectories(folder);
              status(folder, tags, RUNNING);
              return new PointFile(folder.resolve("metrics.jsonl"));
            });
  }

  private static void status(Path folder, Map<String, String> tags, String status)
      throws IOException {
    Map<String, String> words = new TreeMap<>(tags);
    words.put(STATUS, status);
    write(folder.resolve(RUN), words);
  }

  @Override
  public RunLog attempt(String step, String key, String attempt) {
    Path attempts = folder.resolve("steps").resolve(step);
    onDisk(
        () -> {
          Files.createDirectories(attempts);
          try (Stream<Path> earlier = Files.list(attempts)) {
            for (Path one : earlier.toList()) {
              endDead(one);
            }
          }
          return attempts;
        });
    return new FileRunLog(
        attempts.resolve(attempt), Map.of("step", step, "key", key, "attempt", attempt));
  }

  /** An attempt that could not say its end is over when the next begins. */
  private static void endDead(Path attempt) throws IOException {
    Map<String, String> words = read(attempt.resolve(RUN));
    if (RUNNING.equals(words.get(STATUS))) {
      status(attempt, words, Ending.KILLED.name());
    }
  }

  @Override
  public synchronized void params(Map<String, String> params) {
    onDisk(
        () -> {
          Map<String, String> all = new TreeMap<>(ParamPaths.allowed(params));
          all.putAll(read(folder.resolve(PARAMS))); // the first value stays
          write(folder.resolve(PARAMS), all);
          return all;
        });
  }

  @Override
  public synchronized void metric(String name, long step, double value, long atMillis) {
    onDisk(
        () -> {
          points.add(name, step, value, atMillis);
          return points;
        });
  }

  @Override
  public void artifact(String path, Path file) {
    onDisk(
        () -> {
          Path target = folder.resolve("artifacts").resolve(path);
          Files.createDirectories(target.resolveSibling(""));
          return Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        });
  }

  @Override
  public synchronized void end(Ending ending) {
    onDisk(
        () -> {
          status(folder, tags, ending.name());
          return ending;
        });
  }

  @Override
  public void close() {}

  private static Map<String, String> read(Path file) throws IOException {
    return Files.exists(file) ? JSON.readValue(file.toFile(), WORDS) : Map.of();
  }

  /** A kill leaves the file of before or the new one. */
  private static void write(Path file, Map<String, String> words) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, JSON.writeValueAsBytes(words));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private <T> T onDisk(Disk<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE,
          "The run's log in %s cannot be written (%s: %s); make room or choose another folder."
              .formatted(folder, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  private interface Disk<T> {
    T run() throws IOException;
  }
}
