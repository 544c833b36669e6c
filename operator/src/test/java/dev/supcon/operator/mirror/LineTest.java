package dev.supcon.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LineTest {
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final Queue<String> outcomes = new ConcurrentLinkedQueue<>();
  private final Line line = line(Duration.ofMinutes(1));

  private Line line(Duration limit) {
    return new Line(
        Outside.STORE,
        limit,
        InstantSource.system(),
        timer,
        (system, outcome, took) -> outcomes.add(outcome));
  }

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  @Test
  void whatFailsIsTriedAgainUntilItSucceeds() {
    Task task = new Task(2);
    line.send(task);
    Woken.until(() -> task.done.get() == 1);

    assertThat(outcomes).containsExactly("failure", "failure", "success");
    assertThat(task.troubles).hasSize(2);
    assertThat(line.open()).isFalse();
  }

  @Test
  void whileTheServerIsAwayOthersWait() {
    Task first = new Task(1);
    Task second = new Task(0);
    line.send(first);
    Woken.until(line::open);
    line.send(second);
    assertThat(line.queue()).isEqualTo(2);
    Woken.until(() -> second.done.get() == 1 && first.done.get() == 1);

    assertThat(first.runs.get()).isEqualTo(2);
    assertThat(second.runs.get()).isEqualTo(1);
  }

  @Test
  void atMostFourAreUnderwayAtOnce() {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger underway = new AtomicInteger();
    for (int i = 0; i < 10; i++) {
      line.send(new Gated(gate, underway));
    }
    Woken.until(() -> underway.get() == 4);
    assertThat(line.queue()).isEqualTo(6);
    gate.countDown();
    Woken.until(() -> underway.get() == 10);
  }

  @Test
  void aServerThatHangsCountsAsAway() {
    Line line = line(Duration.ofMillis(200));
    CountDownLatch never = new CountDownLatch(1);
    Gated hanging = new Gated(never, new AtomicInteger());
    line.send(hanging);
    Woken.until(() -> !hanging.troubles.isEmpty());

    assertThat(hanging.troubles.element().why()).isEqualTo(Unknown.Why.UNREACHABLE);
    assertThat(outcomes).contains("timeout");
    assertThat(line.open()).isTrue();
    never.countDown();
    Woken.until(() -> !line.open());
  }

  @Test
  void aRefusalHoldsUpNobodyElse() {
    Refused refused = new Refused();
    Task other = new Task(0);
    line.send(refused);
    Woken.until(() -> refused.troubles.get() == 1);
    line.send(other);
    Woken.until(() -> other.done.get() == 1);

    assertThat(line.open()).isFalse();
    assertThat(refused.troubles.get()).isEqualTo(1);
  }

  @Test
  void whatNobodyWantsAnyMoreIsDropped() {
    Task unwanted = new Task(100);
    line.send(unwanted);
    Woken.until(line::open);
    unwanted.wanted = false;
    Task other = new Task(0);
    line.send(other);
    Woken.until(() -> other.done.get() == 1);

    assertThat(unwanted.runs.get()).isEqualTo(1);
  }

  /** Fails so many times before it succeeds. */
  private static final class Task implements Errand {
    private final int failures;
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();
    private volatile boolean wanted = true;

    Task(int failures) {
      this.failures = failures;
    }

    @Override
    public String namespace() {
      return "team-a";
    }

    @Override
    public boolean wanted() {
      return wanted;
    }

    @Override
    public void run() throws Trouble {
      if (runs.incrementAndGet() <= failures) {
        throw new Trouble(Unknown.Why.UNREACHABLE, "away");
      }
      done.incrementAndGet();
    }

    @Override
    public void troubled(Trouble trouble) {
      troubles.add(trouble);
    }
  }

  private static final class Gated implements Errand {
    private final CountDownLatch gate;
    private final AtomicInteger underway;
    private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();

    Gated(CountDownLatch gate, AtomicInteger underway) {
      this.gate = gate;
      this.underway = underway;
    }

    @Override
    public String namespace() {
      return "team-a";
    }

    @Override
    public boolean wanted() {
      return true;
    }

    @Override
    public void run() throws Trouble {
      underway.incrementAndGet();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new Trouble(Unknown.Why.UNREACHABLE, "interrupted");
      }
    }

    @Override
    public void troubled(Trouble trouble) {
      troubles.add(trouble);
    }
  }

  private static final class Refused implements Errand {
    private final AtomicInteger troubles = new AtomicInteger();

    @Override
    public String namespace() {
      return "team-a";
    }

    @Override
    public boolean wanted() {
      return true;
    }

    @Override
    public void run() throws Trouble {
      throw new Trouble(Unknown.Why.REFUSED, "no such bucket");
    }

    @Override
    public void troubled(Trouble trouble) {
      troubles.incrementAndGet();
    }
  }
}
