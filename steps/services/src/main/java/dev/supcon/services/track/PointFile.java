package dev.supcon.services.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Curves as lines of JSON; a file that was there is gone on with. */
final class PointFile {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final Map<String, Long> newest = new HashMap<>(); // step by curve

  PointFile(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      String text = Files.readString(file);
      text.lines().forEach(this::read);
      if (!text.isEmpty() && !text.endsWith("\n")) {
        append(""); // the next line must not join one that a kill cut off
      }
    }
  }

  private void read(String line) {
    try {
      JsonNode point = JSON.readTree(line);
      newest.merge(point.path("name").asText(), point.path("step").asLong(), Math::max);
    } catch (IOException e) {
      return; // cut off by a kill: its point comes again
    }
  }

  /** Writes a point that is beyond the end of its curve; others are there already. */
  void add(String name, long step, double value, long atMillis) throws IOException {
    if (newest.getOrDefault(name, Long.MIN_VALUE) >= step) {
      return;
    }
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("name", name);
    point.put("step", step);
    point.put("value", value);
    point.put("at", atMillis);
    append(JSON.writeValueAsString(point));
    newest.put(name, step);
  }

  private void append(String line) throws IOException {
    Files.write(file, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
