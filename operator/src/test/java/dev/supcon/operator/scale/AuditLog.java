package dev.supcon.operator.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the operator asked of the API server, by the API server's own log of it. */
record AuditLog(Path file) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> READS = Set.of("get", "list", "watch");

  /** Calls that began between two times, with how often each was made. */
  Map<String, Integer> calls(Instant from, Instant to) {
    Map<String, Integer> calls = new TreeMap<>();
    try (Stream<String> lines = Files.lines(file)) {
      lines
          .map(AuditLog::read)
          .filter(event -> within(event, from, to))
          .forEach(event -> calls.merge(call(event), 1, Integer::sum));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return calls;
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A watch is logged when it begins and when it ends. */
  private static boolean within(JsonNode event, Instant from, Instant to) {
    Instant at = Instant.parse(event.get("requestReceivedTimestamp").asText());
    boolean watch = event.get("verb").asText().equals("watch");
    boolean begins = event.get("stage").asText().equals("ResponseStarted");
    return watch == begins && !at.isBefore(from) && at.isBefore(to);
  }

  /**
   * Such as {@code update supconexperiments/status}, with the code of an answer that is no success.
   */
  private static String call(JsonNode event) {
    String sub = event.at("/objectRef/subresource").asText();
    String what = event.at("/objectRef/resource").asText(event.get("requestURI").asText());
    int code = event.at("/responseStatus/code").asInt();
    return event.get("verb").asText()
        + " "
        + (sub.isEmpty() ? what : what + "/" + sub)
        + (code < 300 ? "" : " " + code);
  }

  static boolean reads(String call) {
    return READS.contains(call.split(" ", 2)[0]);
  }
}
