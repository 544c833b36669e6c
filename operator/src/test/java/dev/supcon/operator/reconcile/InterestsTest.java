package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class InterestsTest {
  private static final ResourceID ANNA = new ResourceID("anna", "team");
  private static final ResourceID BERT = new ResourceID("bert", "team");
  private static final ResourceID CARL = new ResourceID("carl", "other");
  private final Interests interests = new Interests();

  @Test
  void allThatNeedAKeyAreFound() {
    interests.needs(ANNA, Set.of("k1", "k2"));
    interests.needs(BERT, Set.of("k2"));
    assertThat(interests.of("team", "k2")).containsExactlyInAnyOrder(ANNA, BERT);
    assertThat(interests.of("team", "k1")).containsExactly(ANNA);
  }

  @Test
  void namespacesAreApart() {
    interests.needs(ANNA, Set.of("k1"));
    interests.needs(CARL, Set.of("k1"));
    assertThat(interests.of("other", "k1")).containsExactly(CARL);
  }

  @Test
  void onlyTheLastNeedsCount() {
    interests.needs(ANNA, Set.of("k1"));
    interests.needs(ANNA, Set.of("k2"));
    assertThat(interests.of("team", "k1")).isEmpty();
    interests.needs(ANNA, Set.of());
    assertThat(interests.of("team", "k2")).isEmpty();
  }
}
