package dev.supcon.contract.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.SpecText;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RandomPlansTest {

  @Test
  void everyStepReadsOnlyEarlierOnesAndNamesAndKeysAreUnique() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 300; i++) {
      Plan plan = randomPlan(random);

      Set<String> names = new HashSet<>();
      for (PlannedStep step : plan.steps()) {
        assertThat(names).as("%s", plan).containsAll(step.dependsOn());
        assertThat(names.add(step.name())).as("%s", plan).isTrue();
        assertThat(step.request().header().codeVersion()).isEqualTo(step.kind().codeVersion());
      }
      assertThat(plan.steps()).extracting(PlannedStep::key).doesNotHaveDuplicates();
    }
  }

  private static Plan randomPlan(SplittableRandom random) {
    Map<String, String> digests =
        IntStream.range(0, 8).boxed().collect(Collectors.toMap(i -> "d" + i, i -> "x" + i / 2));
    String yaml =
        "{seed: %d, data: {name: d0}, pretrain: {loss: {type: %s}}%s%s, transfer: [%s]}"
            .formatted(
                random.nextInt(3),
                random.nextBoolean() ? "supCon" : "crossEntropy",
                random.nextBoolean() ? ", linear: {}" : "",
                random.nextBoolean() ? ", corruption: {}" : "",
                IntStream.range(0, 8)
                    .filter(i -> random.nextBoolean())
                    .mapToObj(i -> "{data: {name: d" + i + "}}")
                    .collect(Collectors.joining(", ")));
    return Planner.plan(new ResolvedExperiment("e", SpecText.accepted(yaml), digests, "decoder"));
  }
}
