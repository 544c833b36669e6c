package dev.supcon.runner.report;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where the numbers come from: steps, file, parameters, digests, machine. */
final class ProvenanceSection {
  private ProvenanceSection() {}

  static void render(Html html, RunPage page) {
    steps(html, page.result().steps());
    html.heading("Experiment", "The file as it was run, changes of --set applied.")
        .raw(
            "<pre tabindex=\"0\">"
                + Html.escape(page.spec().isEmpty() ? "not recorded" : page.spec().strip())
                + "</pre>");
    details(html, "All parameters, defaults applied", page.parameters());
    html.heading(
        "Provenance",
        "What each step recorded of its data, its machine and its result. Keys are the SHA-256 of"
            + " all that changes a step's output: equal keys, equal results.");
    html.facts("Program", page.program());
    page.result().steps().forEach(step -> step(html, page, step));
    SortedMap<String, String> numbers = new TreeMap<>();
    page.result().metrics().forEach((name, value) -> numbers.put(name, Figure.number(value)));
    html.heading(
        "All numbers",
        "As in result.json: fractions from 0 to 1, but corruption.mce and corruption.relativeMce in"
            + " percent, nll in nats.");
    details(html, "Show all " + numbers.size(), numbers);
  }

  private static void steps(Html html, List<RunResult.Step> steps) {
    html.heading("Steps", "A cached step was not run again: the store held its result.");
    html.table(
        "Steps",
        List.of("step", "state", "time", "key"),
        steps.stream()
            .map(
                step ->
                    List.of(
                        step.name(),
                        step.state().name(),
                        step.state() == RunResult.State.Cached
                            ? "not run"
                            : Figure.duration(step.seconds()),
                        brief(step.key())))
            .toList());
  }

  private static String brief(String key) {
    return key.substring(0, Math.min(12, key.length()));
  }

  private static void step(Html html, RunPage page, RunResult.Step step) {
    SortedMap<String, String> words =
        new TreeMap<>(page.facts().getOrDefault(step.name(), new TreeMap<>()));
    words.put("key", step.key());
    html.part(step.name(), "").facts(step.name(), words);
  }

  private static void details(Html html, String title, SortedMap<String, String> words) {
    html.raw("<details><summary>" + Html.escape(title) + "</summary>");
    html.facts(title, words).raw("</details>");
  }
}
