package dev.supcon.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard speak of metrics that exist, and whoever is woken finds a chapter. */
final class MonitoringTest {
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:supcon|operator_sdk|jvm)_[a-z0-9_]+");
  private static final Pattern MATCHER =
      Pattern.compile("\\b(?:state|end|system|reason|outcome)(?:=~|!=|=)\"([^\"$]+)\"");
  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Pattern ALERT = Pattern.compile("(?m)^## (SupCon\\w+)$");

  @Test
  void everyMetricThatIsAskedForIsDocumented() throws IOException {
    Set<String> documented = found(METRIC, Repository.text("docs/metrics.md"), MatchResult::group);

    for (String expression : expressions()) {
      assertThat(metrics(expression)).as(expression).isSubsetOf(documented);
    }
  }

  @Test
  void everyMetricOfOursIsOnTheDashboard() throws IOException {
    Set<String> shown = metrics(String.join("\n", panels(dashboard())));
    Set<String> ours =
        found(METRIC, Repository.text("docs/metrics.md"), MatchResult::group).stream()
            .filter(metric -> metric.startsWith("supcon_"))
            .collect(Collectors.toSet());

    assertThat(shown).containsAll(ours);
  }

  @Test
  void everyValueOfALabelThatIsAskedForIsDocumented() throws IOException {
    String documented = Repository.text("docs/metrics.md");
    for (String expression : expressions()) {
      for (String values : found(MATCHER, expression, match -> match.group(1))) {
        assertThat(documented).as(expression).contains(found(WORD, values, MatchResult::group));
      }
    }
  }

  @Test
  void everyAlertHasItsChapterInTheRunbookAndNoChapterIsLeftOver() throws IOException {
    Set<String> chapters =
        found(ALERT, Repository.text("docs/runbook.md"), match -> match.group(1));

    assertThat(alerts())
        .extracting(alert -> alert.get("alert").asText())
        .containsExactlyInAnyOrderElementsOf(chapters);
  }

  @Test
  void everyAlertSaysHowBadItIsAndWhatItMeans() throws IOException {
    assertThat(alerts())
        .allSatisfy(
            alert -> {
              assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
              assertThat(alert.at("/annotations/summary").asText()).isNotEmpty();
              assertThat(alert.at("/annotations/description").asText()).isNotEmpty();
            });
  }

  private static List<JsonNode> alerts() throws IOException {
    return Repository.document(Repository.CHART.resolve("files/alerts.yaml"))
        .valueStream()
        .toList();
  }

  private static JsonNode dashboard() throws IOException {
    return Repository.document(Repository.CHART.resolve("files/dashboard.json"));
  }

  private static List<String> expressions() throws IOException {
    List<String> expressions = new ArrayList<>(panels(dashboard()));
    alerts().forEach(alert -> expressions.add(alert.get("expr").asText()));
    return expressions;
  }

  private static List<String> panels(JsonNode dashboard) {
    return dashboard.findValues("expr").stream().map(JsonNode::asText).toList();
  }

  /** By the names in the tables: a histogram's and a summary's parts count as the whole. */
  private static Set<String> metrics(String expression) {
    return found(
        METRIC, expression, match -> match.group().replaceFirst("_(bucket|sum|count)$", ""));
  }

  private static Set<String> found(
      Pattern pattern, String text, Function<MatchResult, String> part) {
    return pattern.matcher(text).results().map(part).collect(Collectors.toCollection(TreeSet::new));
  }
}
