package dev.supcon.operator.observe;

import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.StepKey;
import dev.supcon.operator.api.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what is there; calls nobody. */
public final class Observer {
  private final StoreView store;
  private final Instant now;
  private final List<JobView> jobs;
  private final List<PodView> pods;

  private Observer(ClusterView cluster, StoreView store, Instant now) {
    this.store = store;
    this.now = now;
    this.jobs =
        cluster.jobs().stream()
            .flatMap(job -> JobView.of(job).stream())
            .sorted(java.util.Comparator.comparingInt(JobView::number))
            .toList();
    this.pods =
        cluster.pods().stream()
            .map(PodView::new)
            .filter(pod -> pod.job().isPresent())
            .sorted(java.util.Comparator.comparing(PodView::created))
            .toList();
  }

  /** One state per step of the plan. */
  public static Observation observe(Plan plan, ClusterView cluster, StoreView store, Instant now) {
    Observer observer = new Observer(cluster, store, now);
    Map<String, SeenStep> steps = new HashMap<>();
    for (PlannedStep step : plan.steps()) {
      steps.put(step.name(), observer.step(step.key()));
    }
    return new Observation(steps, observer.strays(plan));
  }

  private SeenStep step(StepKey key) {
    String label = Labels.key(key.hex());
    Result result = store.result(key);
    List<SeenJob> seen =
        jobs.stream()
            .filter(job -> job.key().equals(label))
            .map(job -> new SeenJob(job, podsOf(job), result, now))
            .toList();
    List<PodView> leftovers = leftovers(label);
    return new SeenStep(
        state(key, seen, leftovers, result),
        result,
        seen.stream().map(SeenJob::attempt).toList(),
        seen.stream().flatMap(job -> job.ended().stream()).toList(),
        newest(seen, leftovers),
        !leftovers.isEmpty() || seen.stream().anyMatch(SeenJob::acts),
        LostPod.deadline(pods.stream().filter(pod -> pod.key().equals(label))));
  }

  private StepState state(StepKey key, List<SeenJob> seen, List<PodView> leftovers, Result result) {
    if (result instanceof Result.Hit hit) {
      return new StepState.Succeeded(hit);
    }
    if (!seen.isEmpty()) {
      return seen.getLast().state(store.progress(key));
    }
    return leftovers.stream()
        .flatMap(pod -> LostPod.of(pod, leftover(pod), now).stream())
        .findFirst()
        .<StepState>map(lost -> lost)
        .orElse(new StepState.Waiting());
  }

  private static Attempt leftover(PodView pod) {
    return new Attempt(
        pod.jobName().orElse(""),
        pod.number(),
        new Owner(pod.experiment(), ""),
        true,
        pod.tenure());
  }

  private static int newest(List<SeenJob> seen, List<PodView> leftovers) {
    List<Integer> numbers = new ArrayList<>();
    seen.forEach(job -> numbers.add(job.view().number()));
    leftovers.forEach(pod -> numbers.add(pod.number()));
    return numbers.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private List<PodView> podsOf(JobView job) {
    return pods.stream().filter(pod -> pod.job().filter(job.uid()::equals).isPresent()).toList();
  }

  /** Pods whose Job is gone and that have not ended: they may still act. */
  private List<PodView> leftovers(String key) {
    Set<String> known = jobs.stream().map(JobView::uid).collect(Collectors.toSet());
    return pods.stream()
        .filter(pod -> pod.key().equals(key) && !pod.ended())
        .filter(pod -> pod.job().filter(known::contains).isEmpty())
        .toList();
  }

  private List<Attempt> strays(Plan plan) {
    Set<String> wanted =
        plan.steps().stream().map(step -> Labels.key(step.key().hex())).collect(Collectors.toSet());
    return jobs.stream()
        .filter(job -> !wanted.contains(job.key()))
        .map(job -> new SeenJob(job, podsOf(job), StoreView.NOT_YET, now))
        .filter(SeenJob::acts)
        .map(SeenJob::attempt)
        .toList();
  }
}
