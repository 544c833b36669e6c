package dev.supcon.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.StepKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RecentHitsTest {
  private static final Whereabouts TENANT = new Whereabouts("team", "s3://bucket/team", "", "");
  private static final Whereabouts OTHER = new Whereabouts("other", "s3://bucket/other", "", "");
  private static final StepKey KEY = new StepKey("0123456789abcdef".repeat(4));

  private Instant now = Instant.EPOCH;
  private final RecentHits recent = new RecentHits(() -> now);

  @Test
  void aResultCountsByItsPlaceAndDigest() {
    recent.seen(new ResultKey(TENANT, KEY), "a");

    assertThat(recent.of(TENANT).test(KEY, "a")).isTrue();
    assertThat(recent.of(TENANT).test(KEY, "b")).isFalse();
    assertThat(recent.of(OTHER).test(KEY, "a")).isFalse();
  }

  @Test
  void itCountsForAMoment() {
    recent.seen(new ResultKey(TENANT, KEY), "a");
    now = now.plusSeconds(60);

    assertThat(recent.of(TENANT).test(KEY, "a")).isFalse();
  }
}
