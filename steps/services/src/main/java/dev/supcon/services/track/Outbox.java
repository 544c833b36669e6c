package dev.supcon.services.track;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Events on disk that are not told yet: lines of JSON in {@code NAME.jsonl}, and in {@code
 * NAME.told} how many bytes of them are. A file is locked by the process that writes or tells it;
 * what a dead process left is told by the next.
 */
final class Outbox implements AutoCloseable {
  private static final String LINES = ".jsonl";
  private static final String TOLD = ".told";
  private static final int CHUNK = 1 << 18;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final FileChannel channel;
  private long told;

  private Outbox(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    Path mark = mark();
    this.told = Files.exists(mark) ? Long.parseLong(Files.readString(mark).strip()) : 0;
  }

  /** An outbox of this name; empty when a living process has it. */
  static Optional<Outbox> open(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name + LINES);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(); // held until the channel closes
      if (lock != null) {
        return Optional.of(new Outbox(file, channel));
      }
    } catch (OverlappingFileLockException e) {
      // another run of this process has it
    }
    channel.close();
    return Optional.empty();
  }

  /** What processes that live no more left behind. */
  static List<Outbox> leftovers(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(LINES))
            .sorted()
            .forEach(name -> names.add(name.substring(0, name.length() - LINES.length())));
      }
    }
    List<Outbox> left = new ArrayList<>();
    for (String name : names) {
      open(folder, name).ifPresent(left::add);
    }
    return left;
  }

  void add(List<Event> events) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Event event : events) {
      lines.write(JSON.writeValueAsBytes(event));
      lines.write('\n');
    }
    ByteBuffer rest = ByteBuffer.wrap(lines.toByteArray());
    long at = channel.size();
    while (rest.hasRemaining()) {
      at += channel.write(rest, at);
    }
  }

  /** The oldest events that are not told, some thousands at most. */
  Batch next() throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    while (chunk.hasRemaining() && channel.read(chunk, told + chunk.position()) > 0) {}
    String text = new String(chunk.array(), 0, chunk.position(), StandardCharsets.UTF_8);
    int end = text.lastIndexOf('\n') + 1; // a line that a kill cut off has no end
    List<Event> events = new ArrayList<>();
    for (String line : text.substring(0, end).lines().toList()) {
      parse(line).ifPresent(events::add);
    }
    return new Batch(events, told + text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
  }

  /** A line that a kill garbled is lost; the event is in the store's curves all the same. */
  private static Optional<Event> parse(String line) {
    try {
      return Optional.of(JSON.readValue(line, Event.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void told(Batch batch) throws IOException {
    told = batch.end();
    Files.writeString(mark(), Long.toString(told));
  }

  /** Removes the files when all is told. */
  @Override
  public void close() {
    try (channel) {
      if (told == channel.size()) {
        Files.deleteIfExists(file);
        Files.deleteIfExists(mark());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path mark() {
    return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.jsonl$", "") + TOLD);
  }

  /**
   * Events in order.
   *
   * @param end how many bytes are told when these are
   */
  record Batch(List<Event> events, long end) {}
}
