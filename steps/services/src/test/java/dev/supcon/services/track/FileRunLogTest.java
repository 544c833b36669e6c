package dev.supcon.services.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRunLogTest implements RunLogContract {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder = Path.of("");

  @Override
  public RunName name(String plan) {
    return new RunName("shapes", Map.of("supcon.experiment", "shapes", "supcon.plan", plan));
  }

  @Override
  public RunLog open(RunName name) {
    return new FileRunLog(folder, name);
  }

  @Override
  public List<Recorded> runs(RunName name) {
    return below(folder).stream()
        .filter(run -> String.valueOf(name.tags().get("supcon.plan")).equals(plan(run)))
        .map(this::recorded)
        .toList();
  }

  private static String plan(Path run) {
    return json(run.resolve("run.json")).path("supcon.plan").asText();
  }

  private Recorded recorded(Path run) {
    Map<String, Recorded> attempts = new HashMap<>();
    for (Path step : below(run.resolve("steps"))) {
      for (Path attempt : below(step)) {
        attempts.put(step.getFileName() + "/" + attempt.getFileName(), recorded(attempt));
      }
    }
    Map<String, String> params = new HashMap<>();
    json(run.resolve("params.json"))
        .fields()
        .forEachRemaining(field -> params.put(field.getKey(), field.getValue().asText()));
    String status = json(run.resolve("run.json")).path("status").asText();
    return new Recorded(status, params, curves(run), artifacts(run), attempts);
  }

  private static Map<String, List<Recorded.Point>> curves(Path run) {
    Map<String, List<Recorded.Point>> curves = new HashMap<>();
    Path file = run.resolve("metrics.jsonl");
    for (String line : Files.exists(file) ? text(file).lines().toList() : List.<String>of()) {
      JsonNode point = parsed(line);
      double value = Double.parseDouble(point.path("value").asText());
      curves
          .computeIfAbsent(point.path("name").asText(), n -> new ArrayList<>())
          .add(new Recorded.Point(point.path("step").asLong(), value));
    }
    return curves;
  }

  private static Map<String, String> artifacts(Path run) {
    Map<String, String> found = new HashMap<>();
    Path root = run.resolve("artifacts");
    if (Files.exists(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(Files::isRegularFile)
            .forEach(file -> found.put(root.relativize(file).toString(), text(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  private static List<Path> below(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(Path file) {
    return parsed(Files.exists(file) ? text(file) : "{}");
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLineThatAKillCutOffIsWrittenAgain() throws IOException {
    RunName name = name("p");
    open(name).metric("loss", 1, 3, NOW);
    Path metrics = below(folder).getFirst().resolve("metrics.jsonl");
    Files.writeString(metrics, "{\"name\":\"loss\",\"st", StandardOpenOption.APPEND);
    RunLog log = open(name);
    log.metric("loss", 2, 2, NOW);
    open(name).metric("loss", 3, 1, NOW);

    assertThat(text(metrics).lines().map(line -> line.endsWith("}")))
        .containsExactly(true, false, true, true);
  }
}
