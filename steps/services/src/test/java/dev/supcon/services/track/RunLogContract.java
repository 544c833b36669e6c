package dev.supcon.services.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.services.track.Recorded.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every run log keeps to. */
interface RunLogContract {
  long NOW = 1_760_000_000_000L;

  /** A run's name that no other test has; the plan tells runs of one name apart. */
  RunName name(String plan);

  /** A log as a new process opens it. */
  RunLog open(RunName name);

  /** All runs of that name that there are; the logs are closed. */
  List<Recorded> runs(RunName name);

  default Recorded run(RunName name) {
    List<Recorded> all = runs(name);
    assertThat(all).as("runs of %s", name).hasSize(1);
    return all.getFirst();
  }

  @Test
  default void anExperimentIsOneRunWithOneInItPerAttempt() {
    RunName name = name("p");
    try (RunLog log = open(name)) {
      RunLog first = log.attempt("pretrain", "k1", "1");
      first.metric("train.loss", 1, 5.5, NOW);
      first.end(RunLog.Ending.KILLED);
      RunLog second = log.attempt("pretrain", "k1", "2");
      second.metric("train.loss", 2, 4.5, NOW);
      second.end(RunLog.Ending.FINISHED);
      log.attempt("linear", "k2", "1").end(RunLog.Ending.FINISHED);
      log.metric("classifier.test.top1", 0, 0.75, NOW);
      log.end(RunLog.Ending.FINISHED);
    }

    Recorded run = run(name);
    assertThat(run.status()).isEqualTo("FINISHED");
    assertThat(run.curve("classifier.test.top1")).containsExactly(new Point(0, 0.75));
    assertThat(run.attempts()).containsOnlyKeys("pretrain/1", "pretrain/2", "linear/1");
    assertThat(run.attempt("pretrain/1").status()).isEqualTo("KILLED");
    assertThat(run.attempt("pretrain/1").curve("train.loss")).containsExactly(new Point(1, 5.5));
    assertThat(run.attempt("pretrain/2").curve("train.loss")).containsExactly(new Point(2, 4.5));
  }

  @Test
  default void aRestartedProcessGoesOnWithTheSameRuns() {
    RunName name = name("p");
    try (RunLog log = open(name)) {
      log.attempt("pretrain", "k", "1").metric("loss", 1, 3, NOW);
      log.end(RunLog.Ending.KILLED);
    }
    try (RunLog log = open(name)) {
      RunLog attempt = log.attempt("pretrain", "k", "1");
      attempt.metric("loss", 2, 2, NOW);
      attempt.end(RunLog.Ending.FINISHED);
    }

    Recorded run = run(name);
    assertThat(run.status()).isEqualTo("RUNNING");
    assertThat(run.attempts()).containsOnlyKeys("pretrain/1");
    assertThat(run.attempt("pretrain/1").status()).isEqualTo("FINISHED");
    assertThat(run.attempt("pretrain/1").curve("loss"))
        .containsExactly(new Point(1, 3), new Point(2, 2));
  }

  @Test
  default void anotherPlanOfTheNameIsAnotherRun() {
    RunName one = name("one");
    RunName two = name("two");
    try (RunLog log = open(one)) {
      log.metric("top1", 0, 0.25, NOW);
    }
    try (RunLog log = open(two)) {
      log.metric("top1", 0, 0.5, NOW);
    }

    assertThat(run(one).curve("top1")).containsExactly(new Point(0, 0.25));
    assertThat(run(two).curve("top1")).containsExactly(new Point(0, 0.5));
  }

  @ParameterizedTest
  @EnumSource
  default void aRunEndsAsItIsTold(RunLog.Ending ending) {
    RunName name = name("p");
    try (RunLog log = open(name)) {
      log.attempt("pretrain", "k", "1").end(ending);
      log.end(ending);
    }

    assertThat(run(name).status()).isEqualTo(ending.name());
    assertThat(run(name).attempt("pretrain/1").status()).isEqualTo(ending.name());
  }

  @Test
  default void anAttemptThatDiedIsKilledWhenTheNextBegins() {
    RunName name = name("p");
    try (RunLog log = open(name)) {
      log.attempt("pretrain", "k", "1").metric("loss", 1, 3, NOW);
      log.attempt("linear", "l", "1");
    }
    try (RunLog log = open(name)) {
      log.attempt("pretrain", "k", "2");
    }

    Recorded run = run(name);
    assertThat(run.attempt("pretrain/1").status()).isEqualTo("KILLED");
    assertThat(run.attempt("pretrain/2").status()).isEqualTo("RUNNING");
    assertThat(run.attempt("linear/1").status()).isEqualTo("RUNNING");
  }

  @Test
  default void ofTheSettingsOnlyScienceIsTold() {
    RunName name = name("p");
    try (RunLog log = open(name)) {
      log.params(
          Map.of(
              "pretrain.loss.temperature", "0.1",
              "data.name", "cifar10",
              "transfer.pets.data.name", "pets",
              "data.path", "/home/somebody/cifar",
              "transfer.pets.data.path", "/home/somebody/pets",
              "secretKey", "hunter2",
              "store", "s3://bucket/prefix"));
    }

    assertThat(run(name).params())
        .isEqualTo(
            Map.of(
                "pretrain.loss.temperature", "0.1",
                "data.name", "cifar10",
                "transfer.pets.data.name", "pets"));
  }

  @Test
  default void aParamKeepsItsFirstValueAndOthersJoinIt() {
    RunName name = name("p");
    try (RunLog log = open(name)) {
      log.params(Map.of("seed", "1"));
    }
    try (RunLog log = open(name)) {
      log.params(Map.of("seed", "2", "epochs", "8"));
    }

    assertThat(run(name).params()).isEqualTo(Map.of("seed", "1", "epochs", "8"));
  }

  @Test
  default void aPointThatIsToldAgainIsTheSamePoint() {
    RunName name = name("p");
    for (int process = 0; process < 2; process++) {
      try (RunLog log = open(name)) {
        for (int step = 1; step <= 3 + process; step++) {
          log.metric("loss", step, 10 - step, NOW + process);
          log.metric("loss", step, 10 - step, NOW + 1);
        }
      }
    }

    assertThat(run(name).curve("loss"))
        .containsExactly(new Point(1, 9), new Point(2, 8), new Point(3, 7), new Point(4, 6));
  }

  @Test
  default void aLongCurveIsWhole() {
    RunName name = name("p");
    try (RunLog log = open(name)) {
      for (int step = 1; step <= 1250; step++) {
        log.metric("loss", step, 1.0 / step, NOW + step);
        log.metric("rate", step, step, NOW + step);
      }
    }

    assertThat(run(name).curve("loss")).isEqualTo(wholeLosses(1250));
    assertThat(run(name).curve("rate")).hasSize(1250);
  }

  @Test
  default void whatIsNoNumberIsShownAndHarmsNoOther() {
    RunName name = name("p");
    try (RunLog log = open(name)) {
      log.metric("loss", 1, 1, NOW);
      log.metric("loss", 2, Double.NaN, NOW);
      log.metric("loss", 3, Double.POSITIVE_INFINITY, NOW);
      log.metric("loss", 4, Double.NEGATIVE_INFINITY, NOW);
      log.metric("loss", 5, 5, NOW);
    }

    List<Point> loss = run(name).curve("loss");
    assertThat(loss).extracting(Point::step).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(loss.get(1).value()).isNaN();
    assertThat(loss.get(2).value()).isGreaterThanOrEqualTo(Double.MAX_VALUE);
    assertThat(loss.get(3).value()).isLessThanOrEqualTo(-Double.MAX_VALUE);
    assertThat(loss.getLast()).isEqualTo(new Point(5, 5));
  }

  @Test
  default void aNameThatATrackerRefusesHarmsNoOther() {
    RunName name = name("p");
    String longName = "transfer." + "x".repeat(400);
    try (RunLog log = open(name)) {
      for (String metric : List.of("good", "acc@5", "acc#5", "/a//b/../c/", longName + 1)) {
        log.metric(metric, 0, 1, NOW);
      }
      log.metric(longName + 2, 0, 1, NOW);
      log.params(Map.of("views." + "y".repeat(400), "1", "seed", "2"));
    }

    assertThat(run(name).curves()).hasSize(6).containsKey("good");
    assertThat(run(name).params()).hasSize(2).containsEntry("seed", "2");
  }

  @Test
  default void aLongValueHarmsNoOther() {
    RunName name = name("p");
    String list = "gaussianNoise,".repeat(1000);
    try (RunLog log = open(name)) {
      log.params(Map.of("corruption.types", list, "seed", "2"));
    }

    assertThat(run(name).params().get("corruption.types")).startsWith(list.substring(0, 5990));
    assertThat(run(name).params()).containsEntry("seed", "2");
  }

  @Test
  default void anArtifactIsTheFileThatWasGiven(@TempDir Path temp) throws IOException {
    RunName name = name("p");
    Path report = Files.writeString(temp.resolve("r"), "<html>ü</html>");
    Path views = Files.writeString(temp.resolve("v"), "png");
    try (RunLog log = open(name)) {
      log.artifact("report.html", report);
      log.artifact("plots/two views.png", views);
      log.attempt("pretrain", "k", "1").artifact("views.png", views);
      Files.delete(report);
    }
    try (RunLog log = open(name)) { // told again, another content
      Files.writeString(views, "png2");
      log.artifact("plots/two views.png", views);
    }

    Recorded run = run(name);
    assertThat(run.artifacts())
        .isEqualTo(Map.of("report.html", "<html>ü</html>", "plots/two views.png", "png2"));
    assertThat(run.attempt("pretrain/1").artifacts()).isEqualTo(Map.of("views.png", "png"));
  }

  static void losses(RunLog log, int first, int last) {
    for (int step = first; step <= last; step++) {
      log.metric("loss", step, 1.0 / step, NOW + step);
    }
  }

  static List<Point> wholeLosses(int last) {
    return LongStream.rangeClosed(1, last).mapToObj(s -> new Point(s, 1.0 / s)).toList();
  }
}
