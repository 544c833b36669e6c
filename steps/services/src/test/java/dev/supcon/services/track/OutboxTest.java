package dev.supcon.services.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final RunRef RUN = RunRef.of(new RunName("shapes", Map.of("plan", "p")));

  @TempDir private Path folder = Path.of("");

  @Test
  void eventsAreReadAsTheyWereWritten() throws IOException {
    List<Event> events =
        List.of(
            new Event.Begin(RUN, 1),
            new Event.Params(RUN, Map.of("seed", "ü")),
            new Event.Point(RUN, "loss", 1, Double.NaN, 2),
            new Event.Point(RUN, "loss", 2, Double.NEGATIVE_INFINITY, 2),
            new Event.Artifact(RUN, "a", "/b"),
            new Event.End(RUN, RunLog.Ending.KILLED, 3));
    try (Outbox outbox = open()) {
      outbox.add(events);

      assertThat(rest(outbox)).isEqualTo(events);
    }
    assertThat(folder).isEmptyDirectory();
  }

  private Outbox open() throws IOException {
    return Outbox.open(folder, "box").orElseThrow();
  }

  private static List<Event> rest(Outbox outbox) throws IOException {
    List<Event> all = new ArrayList<>();
    for (Optional<Outbox.Batch> b = outbox.next(); b.isPresent(); b = outbox.next()) {
      all.addAll(b.get().events());
      outbox.told(b.get());
    }
    return all;
  }

  @Test
  void whatIsNotToldStaysForTheNextProcess() throws IOException {
    List<Event> events = points(10_000);
    try (Outbox outbox = open()) {
      outbox.add(events);
      outbox.told(outbox.next().orElseThrow());
    }
    List<Outbox> left = Outbox.leftovers(folder);

    List<Event> rest = rest(left.getFirst());
    assertThat(rest).isNotEmpty().hasSizeLessThan(10_000);
    assertThat(rest).isEqualTo(events.subList(10_000 - rest.size(), 10_000));
    left.getFirst().close();
    assertThat(folder).isEmptyDirectory();
  }

  private static List<Event> points(int many) {
    return IntStream.range(0, many)
        .<Event>mapToObj(step -> new Event.Point(RUN, "loss", step, 1, 0))
        .toList();
  }

  @Test
  void aLivingProcessKeepsItsOwn() throws IOException {
    try (Outbox outbox = open()) {
      outbox.add(points(1));

      assertThat(Outbox.leftovers(folder)).isEmpty();
      assertThat(Outbox.open(folder, "box")).isEmpty();
    }
  }

  @Test
  void aLineThatAKillCutOffCostsNoOther() throws IOException {
    Path file = folder.resolve("box.jsonl");
    try (Outbox outbox = open()) {
      outbox.add(points(1));
    }
    Files.writeString(file, "{\"event\":\"poi", StandardOpenOption.APPEND);
    try (Outbox outbox = open()) {
      outbox.add(points(1));

      assertThat(rest(outbox)).hasSize(2);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aLineThatIsNotWrittenToItsEndIsWaitedFor() throws IOException {
    try (Outbox outbox = open()) {
      Files.writeString(folder.resolve("box.jsonl"), "{\"event\":");

      assertThat(outbox.next()).isEmpty();
    }
  }

  @Test
  void aVeryLongLineIsOneEvent() throws IOException {
    Event params = new Event.Params(RUN, Map.of("views.x", "y".repeat(3_000_000)));
    try (Outbox outbox = open()) {
      outbox.add(List.of(params, new Event.Begin(RUN, 1)));

      assertThat(rest(outbox)).containsExactly(params, new Event.Begin(RUN, 1));
    }
  }
}
