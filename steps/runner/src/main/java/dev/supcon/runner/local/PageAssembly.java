package dev.supcon.runner.local;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.supcon.contract.plan.Plan;
import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepKind;
import dev.supcon.runner.report.Curve;
import dev.supcon.runner.report.RunPage;
import dev.supcon.runner.report.RunResult;
import dev.supcon.services.store.Lookup;
import dev.supcon.services.store.MetricPoint;
import dev.supcon.services.store.ObjectStore;
import dev.supcon.services.store.StepResult;
import dev.supcon.services.store.StepStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers what the page of a run shows from the results of its steps. */
final class PageAssembly {
  private static final String CLASSIFIER = "linear.json";

  private final Plan plan;
  private final SortedMap<String, StepResult> results = new TreeMap<>();

  PageAssembly(ObjectStore store, Plan plan) {
    this.plan = plan;
    for (PlannedStep step : plan.steps()) {
      if (new StepStore(store, step.key()).lookup() instanceof Lookup.Hit hit) {
        results.put(step.name(), new StepResult(store, hit.manifest()));
      }
    }
  }

  RunPage page(List<RunResult.Step> steps, String spec) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    SortedMap<String, Map<String, String>> facts = new TreeMap<>();
    results.forEach(
        (name, result) -> {
          metrics.putAll(result.manifest().report().metrics());
          facts.put(name, result.manifest().report().facts());
        });
    return new RunPage(
        new RunResult(plan.experiment(), steps, metrics),
        spec,
        curves(),
        facts,
        bytes(StepKind.PRETRAIN, "views.png").orElseGet(() -> new byte[0]),
        read("bins", new TypeReference<List<RunPage.Bin>>() {}),
        read("plane", new TypeReference<List<RunPage.Dot>>() {}),
        List.of(facts.getOrDefault("augment", Map.of()).getOrDefault("classes", "").split(", ")));
  }

  private List<Curve> curves() {
    SortedMap<String, List<Curve.Point>> curves = new TreeMap<>();
    results
        .values()
        .forEach(
            result -> {
              for (MetricPoint point : result.points()) {
                curves
                    .computeIfAbsent(point.name(), name -> new ArrayList<>())
                    .add(new Curve.Point(point.step(), point.value()));
              }
            });
    return curves.entrySet().stream().map(c -> new Curve(c.getKey(), c.getValue())).toList();
  }

  /** A list that the step with the classifier left; empty when no step did. */
  private <T> List<T> read(String field, TypeReference<List<T>> type) {
    Optional<byte[]> report =
        bytes(StepKind.LINEAR, CLASSIFIER).or(() -> bytes(StepKind.PRETRAIN, CLASSIFIER));
    try {
      return report.isEmpty()
          ? List.of()
          : ContractJson.MAPPER.convertValue(
              ContractJson.MAPPER.readTree(report.get()).path(field), type);
    } catch (IOException e) {
      throw new UncheckedIOException(CLASSIFIER + " of a verified result is no JSON", e);
    }
  }

  private Optional<byte[]> bytes(StepKind kind, String file) {
    return plan.steps().stream()
        .filter(step -> step.kind() == kind)
        .findFirst()
        .flatMap(step -> Optional.ofNullable(results.get(step.name())))
        .flatMap(result -> result.bytes(file));
  }
}
