package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.plan.ResolvedExperiment;
import dev.supcon.operator.SomePlan;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReadingsTest {
  private static final ResourceID ONE = new ResourceID("one", "team");
  private final Readings readings = new Readings();

  @Test
  void anEqualSpecIsCheckedOnce() {
    assertThat(readings.checked(ONE, SomePlan.spec("seed: 1")))
        .isSameAs(readings.checked(ONE, SomePlan.spec("seed: 1")));
  }

  @Test
  void anotherSpecIsCheckedAnew() {
    assertThat(readings.checked(ONE, SomePlan.spec("seed: 1")))
        .isNotSameAs(readings.checked(ONE, SomePlan.spec("seed: 2")));
  }

  @Test
  void anotherDigestIsAnotherPlan() {
    assertThat(readings.plan(ONE, resolved("a"))).isNotEqualTo(readings.plan(ONE, resolved("b")));
  }

  @Test
  void whatIsForgottenIsMadeAnew() {
    var before = readings.checked(ONE, SomePlan.spec("{}"));
    readings.forget(ONE);

    assertThat(readings.checked(ONE, SomePlan.spec("{}"))).isNotSameAs(before);
  }

  private static ResolvedExperiment resolved(String digest) {
    return new ResolvedExperiment(
        "one", SomePlan.checked("{}"), Map.of("shapes", digest), "test 1");
  }
}
