package dev.supcon.services.track;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Carries events from a queue to the outbox and from there to the server. When the server is away,
 * they wait on disk, for this process or a later one.
 */
final class Postman implements AutoCloseable {
  private static final int QUEUE = 50_000;
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(60);
  private static final Duration PATIENCE = Duration.ofSeconds(30); // at the end

  private final MlflowSettings settings;
  private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE);
  private final MlflowServer server;
  private final MlflowSender sender;
  private final List<Outbox> outboxes = new ArrayList<>(); // others' leftovers, then our own
  private final Thread thread = Thread.ofPlatform().daemon().name("mlflow").unstarted(this::carry);
  private volatile boolean closing;
  private long pause; // 0 while the server answers
  private long nextTry = System.nanoTime();

  Postman(MlflowSettings settings) {
    this.settings = settings;
    this.server = new MlflowServer(settings.url());
    this.sender =
        new MlflowSender(
            server,
            new MlflowArtifacts(
                settings.url(), settings.environment(), settings.s3(), settings.notice()),
            settings.notice());
    thread.start();
  }

  /** Waits only when events come faster than the disk takes them. */
  void post(Event event) {
    try {
      queue.put(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void carry() {
    try {
      outboxes.addAll(Outbox.leftovers(settings.outbox()));
      Outbox own =
          Outbox.open(settings.outbox(), settings.session())
              .orElseThrow(() -> new IOException("its name is taken: " + settings.session()));
      outboxes.add(own);
      boolean last;
      do {
        last = closing;
        collect(own);
        deliver(last);
      } while (!last);
    } catch (IOException e) {
      settings.notice().accept("MLflow is told nothing more: " + settings.outbox() + ": " + e);
      discard();
    } finally {
      outboxes.forEach(Outbox::close);
      server.close();
    }
  }

  private void collect(Outbox own) throws IOException {
    List<Event> events = new ArrayList<>();
    try {
      Event first = queue.poll(200, TimeUnit.MILLISECONDS);
      if (first != null) {
        events.add(first);
      }
    } catch (InterruptedException e) {
      closing = true;
    }
    queue.drainTo(events);
    own.add(events);
  }

  private void deliver(boolean last) throws IOException {
    if (!last && System.nanoTime() < nextTry) {
      return;
    }
    try {
      for (Outbox outbox : outboxes) {
        deliver(outbox);
      }
      if (pause > 0) {
        settings.notice().accept("MLflow at " + settings.url() + " answers again.");
      }
      pause = 0;
    } catch (MlflowServer.Away e) {
      away(String.valueOf(e.getMessage()), last);
    }
  }

  private void deliver(Outbox outbox) throws IOException, MlflowServer.Away {
    Outbox.Batch batch = outbox.next();
    while (!batch.events().isEmpty()) {
      sender.tell(batch.events());
      outbox.told(batch);
      batch = outbox.next();
    }
  }

  private void away(String reason, boolean last) {
    if (pause == 0 || last) {
      settings
          .notice()
          .accept(
              "MLflow at %s does not answer (%s); its part waits in %s and is told %s."
                  .formatted(
                      settings.url(),
                      reason,
                      settings.outbox(),
                      last ? "by the next run" : "later"));
    }
    pause = pause == 0 ? FIRST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
    nextTry = System.nanoTime() + pause;
  }

  /** The outbox is gone, the training is not: whoever posts must not wait for ever. */
  private void discard() {
    while (!closing) {
      try {
        queue.poll(200, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        closing = true;
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
