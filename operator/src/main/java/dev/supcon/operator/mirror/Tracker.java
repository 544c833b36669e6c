package dev.supcon.operator.mirror;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the tracking servers what they are to know, each wish until it is told. */
final class Tracker {
  private final Lines lines;
  private final RunTelling telling;
  private final Consumer<ResourceID> wake;
  private final Map<ResourceID, Run> runs = new HashMap<>();

  Tracker(Lines lines, RunTelling telling, Consumer<ResourceID> wake) {
    this.lines = lines;
    this.telling = telling;
    this.wake = wake;
  }

  /** Whether that is told; if not, it will be, and the asker is woken. */
  Told track(ResourceID asker, Whereabouts tenant, RunWish wish) {
    if (tenant.mlflow().isEmpty()) {
      return new Told.NotTracked();
    }
    Run run;
    boolean send;
    Told answer;
    synchronized (this) {
      Run there = runs.get(asker);
      run = there != null && there.same(tenant, wish) ? there : new Run(asker, tenant, wish);
      runs.put(asker, run);
      run.wish = wish;
      answer = run.answer();
      send = answer instanceof Told.Behind && !run.underway;
      run.underway |= send;
    }
    if (send) {
      lines.to(Outside.TRACKING, tenant.mlflow()).send(run);
    }
    return answer;
  }

  /** It is told no more; a wish that is on its way still arrives. */
  synchronized void forget(ResourceID asker) {
    runs.remove(asker);
  }

  private synchronized Step next(Run run) {
    return new Step(run.wish, Optional.ofNullable(run.told));
  }

  /** Whether more was wished in the meantime. */
  private synchronized boolean told(Run run, RunWish wish, Told.Page page) {
    run.told = wish;
    run.page = page;
    run.trouble = Unknown.ASKED;
    run.underway = !wish.equals(run.wish);
    return run.underway;
  }

  private synchronized boolean news(Run run, Unknown trouble) {
    boolean news = run.trouble.why() != trouble.why();
    run.trouble = trouble;
    return news;
  }

  /** What is told next, and what was told before. */
  record Step(RunWish wish, Optional<RunWish> told) {}

  private final class Run implements Errand {
    private final ResourceID asker;
    private final Whereabouts tenant;
    private RunWish wish;
    private @Nullable RunWish told;
    private Told.Page page = Told.Page.EMPTY;
    private Unknown trouble = Unknown.ASKED;
    private boolean underway;

    Run(ResourceID asker, Whereabouts tenant, RunWish wish) {
      this.asker = asker;
      this.tenant = tenant;
      this.wish = wish;
    }

    boolean same(Whereabouts other, RunWish next) {
      return tenant.equals(other) && wish.run().equals(next.run());
    }

    Told answer() {
      return Objects.equals(wish, told) ? new Told.Synced(page) : new Told.Behind(trouble, page);
    }

    @Override
    public String namespace() {
      return tenant.namespace();
    }

    /** Also when nobody asks any more: a run must not stay open. */
    @Override
    public boolean wanted() {
      return true;
    }

    @Override
    public void run() throws Trouble {
      boolean more;
      do {
        Step step = next(this);
        Told.Page page = telling.tell(tenant, step.wish(), step.told());
        more = told(this, step.wish(), page);
      } while (more);
      wake.accept(asker);
    }

    @Override
    public void troubled(Trouble reason) {
      if (news(this, reason.unknown())) {
        wake.accept(asker);
      }
    }
  }
}
