package dev.supcon.operator.decide;

import static dev.supcon.operator.observe.SomeJob.START;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.step.StepKey;
import dev.supcon.operator.SomePlan;
import dev.supcon.operator.api.ExperimentStatus;
import dev.supcon.operator.api.Labels;
import dev.supcon.operator.api.Links;
import dev.supcon.operator.api.ResolvedStatus;
import dev.supcon.operator.observe.ClusterView;
import dev.supcon.operator.observe.Observation;
import dev.supcon.operator.observe.Observer;
import dev.supcon.operator.observe.Progress;
import dev.supcon.operator.observe.Result;
import dev.supcon.operator.observe.SomeJob;
import dev.supcon.operator.observe.StoreView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One experiment, its Jobs and its store, at a time in seconds after the start. */
public final class World {
  public String spec = "{}";
  public long now;
  public long resolvedAt;
  public int freeSlots = 100;
  public String uid = SomeJob.UID;
  public ExperimentStatus previous = ExperimentStatus.UNSEEN;
  public final Map<String, SomeJob> jobs = new LinkedHashMap<>();
  private final Map<String, Plan> plans = new HashMap<>();
  public final List<String> podless = new ArrayList<>();
  public final List<String> jobless = new ArrayList<>();
  public final Map<String, Result> results = new HashMap<>();
  public final Map<String, Progress> progress = new HashMap<>();
  public final Map<String, String> leaders = new HashMap<>();
  public final Map<String, Integer> stallSeconds = new HashMap<>();

  public Plan plan() {
    return plans.computeIfAbsent(spec, SomePlan::of);
  }

  public StepKey key(String step) {
    return plan().step(step).key();
  }

  /** The store was looked into now and had nothing for any step but these. */
  public World store(String... hits) {
    plan().steps().forEach(step -> miss(step.name(), -1));
    for (String hit : hits) {
      hit(hit);
    }
    return this;
  }

  public World hit(String step) {
    results.put(step, new Result.Hit("m-" + step, Map.of(step + ".test.top1", 0.5)));
    return this;
  }

  public World miss(String step, long checkpoint) {
    results.put(step, new Result.Miss("NoManifest", checkpoint, time()));
    return this;
  }

  public World at(long seconds) {
    now = seconds;
    return this;
  }

  public Instant time() {
    return START.plusSeconds(now);
  }

  public SomeJob job(String step, int number) {
    SomeJob job = SomeJob.of(plan().step(step), number);
    jobs.put(step + "-" + number, job);
    return job;
  }

  public String jobName(String step, int number) {
    return Labels.job(plan().step(step).kind().word(), key(step).hex(), number);
  }

  public Observation seen() {
    Map<StepKey, Result> looks = new HashMap<>();
    Map<StepKey, Progress> said = new HashMap<>();
    results.forEach((step, result) -> looks.put(key(step), result));
    progress.forEach((step, last) -> said.put(key(step), last));
    ClusterView cluster =
        new ClusterView(
            jobs.entrySet().stream()
                .filter(entry -> !jobless.contains(entry.getKey()))
                .map(entry -> entry.getValue().job())
                .toList(),
            jobs.entrySet().stream()
                .filter(entry -> !podless.contains(entry.getKey()))
                .map(entry -> entry.getValue().pod())
                .toList());
    return Observer.observe(plan(), cluster, new StoreView(looks, said), time());
  }

  public Decision decide() {
    Map<StepKey, String> led = new HashMap<>();
    leaders.forEach((step, leader) -> led.put(key(step), leader));
    Terms terms =
        new Terms(
            uid,
            SomePlan.spec(spec).execution(),
            START.plusSeconds(resolvedAt),
            led,
            freeSlots,
            stallSeconds);
    return NextSteps.decide(plan(), seen(), previous, terms, time());
  }

  public ResolvedStatus resolved() {
    return new ResolvedStatus(
        1L,
        START.plusSeconds(resolvedAt).toString(),
        null,
        "test 1",
        List.of(new ResolvedStatus.Digest("shapes", "d")),
        List.of(),
        List.of(),
        null);
  }

  public static Links links() {
    return new Links("s3://bucket/team", null);
  }
}
