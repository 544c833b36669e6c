package dev.supcon.operator.observe;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.operator.api.FailureRule;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a Job ended. Which rule of its pod failure policy matched stands in its condition's message,
 * also when the pod is gone; see kubernetes pkg/controller/job/pod_failure_policy.go.
 */
record JobEnd(JobCondition condition, Optional<PodView> pod) {
  private static final Pattern RULE = Pattern.compile("rule at index (\\d{1,3})");
  private static final Pattern CODE = Pattern.compile("exit code (\\d{1,3})");

  /** After this time a look into the store sees all that the attempt left there. */
  Instant at() {
    Instant said = Times.read(condition.getLastTransitionTime()).orElse(Instant.EPOCH);
    return pod.flatMap(PodView::tenure)
        .flatMap(Tenure::to)
        .filter(ended -> ended.isAfter(said))
        .orElse(said);
  }

  boolean complete() {
    return "Complete".equals(condition.getType());
  }

  boolean refused() {
    return matches(FailureRule.REFUSED);
  }

  /** It asked to be resumed, or was stopped before it could. */
  boolean stopped() {
    return matches(FailureRule.STOPPED) && !byOthers();
  }

  /** A pod that was deleted before it ran or that ran out of its grace is no fault either. */
  boolean disrupted() {
    return matches(FailureRule.DISRUPTED) || (byOthers() && !complete() && !refused());
  }

  /** An ended pod stays as long as its Job: one that is gone was deleted, ended or not. */
  private boolean byOthers() {
    return pod.map(PodView::disrupted).orElse(true);
  }

  private boolean matches(FailureRule rule) {
    Matcher matcher = RULE.matcher(said());
    return "PodFailurePolicy".equals(condition.getReason())
        && matcher.find()
        && Integer.parseInt(matcher.group(1)) == rule.index();
  }

  private String said() {
    return condition.getMessage() == null ? "" : condition.getMessage();
  }

  int exitCode() {
    Matcher matcher = CODE.matcher(said());
    if (matcher.find()) {
      return Integer.parseInt(matcher.group(1));
    }
    return pod.flatMap(PodView::terminated)
        .map(terminated -> terminated.getExitCode())
        .orElse(ExitCode.STORE_UNREACHABLE.code());
  }

  /** The code's meaning and the step's own words. */
  String refusal() {
    int code = exitCode();
    String meaning =
        Arrays.stream(ExitCode.values())
            .filter(known -> known.code() == code)
            .map(ExitCode::meaning)
            .findFirst()
            .orElse("The request or the data is wrong.");
    String last = pod.flatMap(LastWords::of).map(" "::concat).orElse("");
    return "exit code " + code + ": " + meaning + last;
  }

  /** What is known of a fault. */
  String fault() {
    return pod.flatMap(PodView::terminated)
        .map(
            terminated ->
                "exit code "
                    + terminated.getExitCode()
                    + (terminated.getReason() == null ? "" : " (" + terminated.getReason() + ")"))
        .map(code -> code + pod.flatMap(LastWords::of).map(": "::concat).orElse(""))
        .or(() -> pod.flatMap(PodView::rejection))
        .orElse(said().isEmpty() ? "its Job failed" : said());
  }
}
