package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.loopback.LoopbackS3;
import dev.supcon.operator.reconcile.LossyApiServer.Death;
import dev.supcon.operator.reconcile.LossyApiServer.Write;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The operator dies before, and after, each of its writes to the API server in a whole life;
 * another one, which knows nothing, takes over. What is left behind must be what an undisturbed
 * life leaves.
 */
@Tag("campaign")
final class CrashSweepIT {
  private static final int SIDE_BY_SIDE = Integer.getInteger("supcon.sweep.parallel", 6);

  private final LoopbackS3 s3 = new LoopbackS3();
  private final KubernetesClient client = StartedOperator.client();
  private final LogWatch log = new LogWatch();
  @TempDir private Path folder = Path.of("");

  /**
   * How a life went.
   *
   * @param died whether the life came to the write at which its operator was to die
   * @param all writes of all operators in it
   */
  private record Lived(
      Death death, boolean died, Outcome outcome, List<Write> all, List<String> log) {}

  static Stream<Play> plays() {
    String only = System.getProperty("supcon.sweep.play", "");
    return Play.all().stream().filter(play -> play.name().contains(only));
  }

  @ParameterizedTest
  @MethodSource("plays")
  void aDeathAtAnyWriteChangesNothing(Play play) throws Exception {
    Stage.applyCrd(client);
    Lived undisturbed = live(play, Death.NEVER);
    print(play, undisturbed);
    assertThat(undisturbed.log()).isEmpty();

    try (ExecutorService side = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
      List<Future<Lived>> lives = new ArrayList<>();
      for (int write = 1; write <= undisturbed.all().size(); write++) {
        for (boolean done : List.of(false, true)) {
          Death death = new Death(write, done);
          lives.add(side.submit(() -> live(play, death)));
        }
      }
      List<String> differences = new ArrayList<>();
      int deaths = 0;
      for (Future<Lived> life : lives) {
        compare(undisturbed, life.get(), differences);
        deaths += life.get().died() ? 1 : 0;
      }
      System.out.printf("%s: %d lives, %d deaths%n", play, lives.size(), deaths);
      assertThat(differences).as("%s, %d deaths", play, deaths).isEmpty();
    } finally {
      close();
    }
  }

  private static void compare(Lived undisturbed, Lived life, List<String> differences) {
    if (!life.outcome().equals(undisturbed.outcome())) {
      differences.add(
          "%s%n  %s%n  undisturbed %s"
              .formatted(life.death(), life.outcome(), undisturbed.outcome()));
    }
    life.log().forEach(line -> differences.add(life.death() + " logged " + line));
  }

  private Lived live(Play play, Death death) throws IOException {
    String namespace = "sweep-" + UUID.randomUUID().toString().substring(0, 8);
    Path own = Files.createDirectories(folder.resolve(namespace));
    try (Stage stage = Stage.open(client, s3, own, namespace).patient(Duration.ofMinutes(10));
        Reborn operator = new Reborn(stage, log, death)) {
      operator.start();
      play.user().accept(stage);
      play.experiments().forEach(stage::untilFinished);
      List<Write> writes = operator.writesWhenQuiet();
      return new Lived(
          death, operator.died(), Outcome.of(play, stage, writes), writes, log.said(namespace));
    } catch (AssertionError e) {
      throw new AssertionError(play + " " + death, e);
    }
  }

  private static void print(Play play, Lived lived) {
    System.out.printf("%s, %d writes:%n", play, lived.all().size());
    for (int i = 0; i < lived.all().size(); i++) {
      Write write = lived.all().get(i);
      System.out.printf("%4d %s %d %s%n", i + 1, write.target(), write.code(), words(write));
    }
  }

  private static String words(Write write) {
    JsonNode status = write.json().path("status");
    if (status.isMissingNode()) {
      return write.object();
    }
    String steps =
        StreamSupport.stream(status.path("steps").spliterator(), false)
            .map(step -> step.path("name").asText() + " " + step.path("state").asText())
            .collect(Collectors.joining(", "));
    return status.path("result").asText() + " " + steps;
  }

  private void close() {
    log.close();
    client.close();
    s3.close();
  }
}
