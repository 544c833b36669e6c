package dev.supcon.services.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries events from a queue to the outbox, and on another thread from there to the server. When
 * the server is away, they wait on disk, for this process or a later one.
 */
final class Postman implements AutoCloseable {
  private static final int QUEUE = 50_000;
  private static final Duration ROUND = Duration.ofMillis(200);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(30); // at the end

  private final MlflowSettings settings;
  private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong kept = new AtomicLong();
  private final MlflowServer server;
  private final MlflowSender sender;
  private final List<Outbox> outboxes = new CopyOnWriteArrayList<>(); // others' before our own
  private final Thread writer = Thread.ofPlatform().daemon().name("outbox").unstarted(this::write);
  private final Thread teller = Thread.ofPlatform().daemon().name("mlflow").unstarted(this::tell);
  private volatile boolean closing;
  private Duration pause = Duration.ZERO; // while the server answers
  private long nextTry = System.nanoTime();

  Postman(MlflowSettings settings) {
    this.settings = settings;
    this.server = new MlflowServer(MlflowAddress.of(settings.url(), settings.environment()));
    this.sender = new MlflowSender(server, settings);
    writer.start();
    teller.start();
  }

  /** Waits only when events come faster than the disk takes them. */
  void post(Event event) {
    try {
      queue.put(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A copy that stays until it is told. */
  Optional<Path> keep(Path file) {
    Path copy =
        settings
            .outbox()
            .resolve("%s-%d.file".formatted(settings.session(), kept.incrementAndGet()));
    try {
      Files.createDirectories(settings.outbox());
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(copy.toAbsolutePath());
    } catch (IOException e) {
      settings.notice().accept("MLflow is not told of artifact %s: %s".formatted(file, e));
      return Optional.empty();
    }
  }

  private void write() {
    try {
      Outbox own =
          Outbox.open(settings.outbox(), settings.session())
              .orElseThrow(() -> new IOException("its name is taken: " + settings.session()));
      outboxes.add(own);
      boolean last;
      do {
        last = closing;
        collect(own);
      } while (!last);
    } catch (IOException e) {
      settings.notice().accept("MLflow is told nothing more: " + settings.outbox() + ": " + e);
      discard();
    }
  }

  private void collect(Outbox own) throws IOException {
    List<Event> events = new ArrayList<>();
    try {
      Event first = queue.poll(ROUND.toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) {
        events.add(first);
      }
    } catch (InterruptedException e) {
      closing = true;
    }
    queue.drainTo(events);
    own.add(events);
  }

  /** The outbox is gone, the training is not: whoever posts must not wait for ever. */
  private void discard() {
    while (!closing) {
      try {
        queue.poll(ROUND.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        closing = true;
      }
    }
  }

  private void tell() {
    try {
      outboxes.addAll(0, Outbox.leftovers(settings.outbox()));
      boolean last;
      do {
        last = writer.join(ROUND);
        deliver(last);
      } while (!last);
    } catch (IOException | InterruptedException e) {
      settings.notice().accept("MLflow is told nothing more: " + settings.outbox() + ": " + e);
    } finally {
      outboxes.forEach(Outbox::close);
      server.close();
    }
  }

  private void deliver(boolean last) throws IOException {
    if (!last && System.nanoTime() < nextTry) {
      return;
    }
    try {
      for (Outbox outbox : outboxes) {
        deliver(outbox);
      }
      if (!pause.isZero()) {
        settings.notice().accept("MLflow at " + server.address() + " answers again.");
      }
      pause = Duration.ZERO;
    } catch (MlflowServer.Away e) {
      away(String.valueOf(e.getMessage()), last);
    }
  }

  private void deliver(Outbox outbox) throws IOException, MlflowServer.Away {
    Optional<Outbox.Batch> batch = outbox.next();
    while (batch.isPresent()) {
      sender.tell(batch.get().events());
      outbox.told(batch.get());
      batch = outbox.next();
    }
  }

  private void away(String reason, boolean last) {
    if (pause.isZero() || last) {
      String when = last ? "by the next run" : "later";
      settings
          .notice()
          .accept(
              "MLflow at %s cannot be told now (%s); its part waits in %s and is told %s."
                  .formatted(server.address(), reason, settings.outbox(), when));
    }
    Duration longer = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    nextTry = System.nanoTime() + pause.toNanos();
  }

  @Override
  public void close() {
    closing = true;
    try {
      if (!teller.join(PATIENCE)) {
        server.stop();
        teller.join(ROUND);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
