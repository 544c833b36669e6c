package dev.supcon.runner.local;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers what the page of a run shows from the results of its steps. */
final class PageAssembly {
  private static final String CLASSIFIER = "linear.json";

  private final Plan plan;

  /** In the plan's order: where two steps measure the same, the later one counts. */
  private final Map<String, StepResult> results = new LinkedHashMap<>();

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
    SortedMap<String, SortedMap<String, String>> facts = new TreeMap<>();
    results.forEach(
        (name, result) -> {
          metrics.putAll(result.manifest().report().metrics());
          facts.put(name, new TreeMap<>(result.manifest().report().facts()));
        });
    return new RunPage(
        new RunResult(plan.experiment(), steps, metrics, facts),
        spec,
        Parameters.of(plan),
        program(),
        curves(),
        bytes(StepKind.PRETRAIN, "views.png").orElseGet(() -> new byte[0]),
        classifier("bins", new TypeReference<List<RunPage.Bin>>() {}),
        classifier("plane", new TypeReference<List<RunPage.Dot>>() {}),
        classifier("confusion", new TypeReference<List<RunPage.Answer>>() {}),
        classifier("margins", new TypeReference<List<Integer>>() {}),
        list(
            bytes(StepKind.AUGMENT, "index.json"),
            "classNames",
            new TypeReference<List<String>>() {}));
  }

  /** The commit is the launcher's word; a program that was not built from a checkout has none. */
  private static SortedMap<String, String> program() {
    SortedMap<String, String> words = new TreeMap<>();
    words.put("commit", System.getProperty("supcon.commit", "not known"));
    words.put("Java", Runtime.version().toString());
    words.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return words;
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
  private <T> List<T> classifier(String field, TypeReference<List<T>> type) {
    return list(
        bytes(StepKind.LINEAR, CLASSIFIER).or(() -> bytes(StepKind.PRETRAIN, CLASSIFIER)),
        field,
        type);
  }

  private static <T> List<T> list(
      Optional<byte[]> file, String field, TypeReference<List<T>> type) {
    try {
      JsonNode found =
          file.isEmpty()
              ? MissingNode.getInstance()
              : ContractJson.MAPPER.readTree(file.get()).path(field);
      return found.isArray() ? ContractJson.MAPPER.convertValue(found, type) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("a file of a verified result is no JSON", e);
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
