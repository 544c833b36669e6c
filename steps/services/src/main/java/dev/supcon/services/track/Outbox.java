package dev.supcon.services.track;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
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
    this.told = Files.exists(mark()) ? Long.parseLong(Files.readString(mark())) : 0;
    endLine();
  }

  /** Whoever wrote before may have been killed in the middle of a line. */
  private void endLine() throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    if (channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n') {
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}), channel.size());
    }
  }

  /** An outbox of this name; empty when a living process has it. */
  static Optional<Outbox> open(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name + LINES);
    Path made = Files.exists(file) ? file : folder.resolve(name + ".new");
    FileChannel channel =
        FileChannel.open(
            made, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (locked(channel)) {
      if (!made.equals(file)) { // seen by others only now that it is ours
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
      }
      if (Files.exists(file)) { // else it was told and removed meanwhile
        return Optional.of(new Outbox(file, channel));
      }
    }
    channel.close();
    return Optional.empty();
  }

  /** The lock is held until the channel closes. */
  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) { // another run of this process has it
      return false;
    }
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
  Optional<Batch> next() throws IOException {
    long left = channel.size() - told;
    for (long room = Math.min(CHUNK, left); room > 0; room = room < left ? 2 * room : 0) {
      byte[] chunk = read((int) Math.min(room, left));
      int end = chunk.length;
      while (end > 0 && chunk[end - 1] != '\n') {
        end--;
      }
      if (end > 0) { // else a line that is longer, or not written to its end
        String lines = new String(chunk, 0, end, StandardCharsets.UTF_8);
        List<Event> events = lines.lines().map(Outbox::parse).flatMap(Optional::stream).toList();
        return Optional.of(new Batch(events, told + end));
      }
    }
    return Optional.empty();
  }

  private byte[] read(int bytes) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(bytes);
    while (chunk.hasRemaining() && channel.read(chunk, told + chunk.position()) > 0) {}
    return Arrays.copyOf(chunk.array(), chunk.position());
  }

  /** A line that a kill garbled is lost; the event is in the store's curves all the same. */
  private static Optional<Event> parse(String line) {
    try {
      return Optional.of(JSON.readValue(line, Event.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Copies of artifacts that are told are removed. */
  void told(Batch batch) throws IOException {
    told = batch.end();
    Path part = file.resolveSibling(mark().getFileName() + ".part");
    Files.writeString(part, Long.toString(told));
    Files.move(part, mark(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    for (Event event : batch.events()) {
      if (event instanceof Event.Artifact artifact) {
        Files.deleteIfExists(Path.of(artifact.file()));
      }
    }
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
